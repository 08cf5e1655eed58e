import type { Flags } from '../../flags.ts';
import { durationOf } from '../../go-duration.ts';
import type { Invocation, KubectlCommand } from '../../invocation.ts';
import { CommandError, usageError } from '../../invocation.ts';
import { longestLook, longestQuiet, pollMilliseconds } from '../../endless-command.ts';
import { loggedPods, logSources } from './log-sources.ts';
import { LogStream } from './log-stream.ts';

const usage =
  "expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required argument for the logs command";

const usualStreams = 5;

/** kubectl/pkg/cmd/logs/logs.go. */
export const logs: KubectlCommand = {
  name: 'logs',
  flags: {
    'all-containers': { value: 'none' },
    'all-pods': { value: 'none' },
    container: { short: 'c', value: 'required' },
    follow: { short: 'f', value: 'none' },
    'ignore-errors': { value: 'none' },
    'insecure-skip-tls-verify-backend': { value: 'none' },
    'limit-bytes': { value: 'required', type: 'int64' },
    'max-log-requests': { value: 'required', type: 'int' },
    'pod-running-timeout': { value: 'required', type: 'duration' },
    prefix: { value: 'none' },
    previous: { short: 'p', value: 'none' },
    selector: { short: 'l', value: 'required' },
    since: { value: 'required', type: 'duration' },
    'since-time': { value: 'required' },
    tail: { value: 'required', type: 'int64' },
    timestamps: { value: 'none' },
  },
  run(invocation) {
    const { flags, operands } = invocation;
    const isSelecting = flags.text('selector') !== '';
    if (operands.length > 2 || (operands.length === 0 && !isSelecting)) throw usageError('logs', usage);
    if (operands.length === 1 && isSelecting) throw usageError('logs', 'only a selector (-l) or a POD name is allowed');
    const time = flags.text('since-time');
    if (time !== '' && !rfc3339.test(time)) throw new CommandError(`error: ${timeFault(time)}`);
    // What is named is looked for before the options are looked at.
    const pods = loggedPods(invocation);
    const fault = faultOf(flags, operands);
    if (fault !== undefined) throw new CommandError(`error: ${fault}`);
    const sources = logSources(invocation, pods);
    showLogs(
      invocation,
      sources.map((source) => new LogStream(invocation, source)),
    );
  },
};

const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[-+]\d\d:\d\d)$/;

/** time.ParseError, where not even a year stands first. */
function timeFault(text: string): string {
  return `parsing time ${JSON.stringify(text)} as "2006-01-02T15:04:05Z07:00": cannot parse ${JSON.stringify(text)} as "2006"`;
}

/** Validate. */
function faultOf(flags: Flags, operands: readonly string[]): string | undefined {
  if (flags.text('since-time') !== '' && durationOf(flags.text('since')) !== 0)
    return 'at most one of `sinceTime` or `sinceSeconds` may be specified';
  const container = operands[1] ?? flags.text('container');
  if (flags.isTrue('all-containers') && container !== '')
    return `--all-containers=true should not be specified with container name ${container}`;
  if (flags.has('container') && operands.length === 2) return 'only one of -c or an inline [CONTAINER] arg is allowed';
  if (Number(flags.text('limit-bytes')) < 0) return '--limit-bytes must be greater than 0';
  if (durationOf(flags.text('since')) < 0) return '--since must be greater than 0';
  return flags.has('tail') && Number(flags.text('tail')) < -1
    ? '--tail must be greater than or equal to -1'
    : undefined;
}

function showLogs(invocation: Invocation, streams: readonly LogStream[]): void {
  const { console, flags } = invocation;
  const most = flags.has('max-log-requests') ? Number(flags.text('max-log-requests')) : usualStreams;
  if (flags.isTrue('follow') && streams.length > 1 && streams.length > most)
    throw new CommandError(
      `error: you are attempting to follow ${streams.length} log streams, but maximum allowed concurrency is ${most}, use --max-log-requests to increase the limit`,
    );
  for (const stream of streams) {
    const refused = stream.open();
    if (refused === undefined) continue;
    if (!flags.isTrue('ignore-errors')) {
      // The first refusal ends the command.
      console.fail(refused);
      return;
    }
    console.print(`error: ${refused.replace(/^Error from server \(\w*\): /, '')}`);
  }
  if (flags.isTrue('follow')) follow(invocation, streams);
}

/** Until all containers have stopped, or nobody looks any more. */
function follow({ cluster, console, host }: Invocation, streams: readonly LogStream[]): void {
  const { deadline } = host;
  const end = deadline ?? cluster.clock.now() + longestLook;
  let latest = cluster.clock.now();
  while (streams.some(({ isOpen }) => isOpen)) {
    const now = cluster.clock.now();
    if (now >= end || (deadline === undefined && now - latest >= longestQuiet)) {
      console.isEndless = true;
      return;
    }
    host.passTime(Math.min(pollMilliseconds, end - now));
    for (const stream of streams) if (stream.isOpen && stream.follow()) latest = cluster.clock.now();
  }
}
