import { reverseName, withoutDot } from '../../dns/domain-name.ts';
import type { Outcome } from '../../network/flow.ts';
import { connect, hostAddress, isAddress, lookupError, queryExactly } from '../networking.ts';
import { optionError, parseOptions } from '../options.ts';
import type { Options } from '../options.ts';
import { fail } from '../program.ts';
import type { ExecEnvironment, Program, ProgramResult } from '../program.ts';
import { joinLines, wholeNumber } from '../text.ts';

const maxCount = 100;
/** Without -c it goes on until it is interrupted; so many are shown. */
const endlessCount = 4;
/** What a pod on another node leaves of 64 hops. */
const timeToLive = 62;

interface Run {
  readonly host: string;
  readonly address: string;
  readonly canonicalName: string;
  readonly size: number;
  readonly outcomes: readonly Outcome[];
  readonly elapsed: number;
}

/** ping of busybox (networking/ping.c), or of iputils, which images with many tools have: 56 bytes, a second apart. */
export function ping(flavour: 'busybox' | 'iputils'): Program {
  return {
    name: 'ping',
    run(argv, _stdin, environment) {
      const parsed = parseOptions(argv.slice(1), { short: 'c:w:W:i:s:t:I:qn4A' });
      const usageCode = flavour === 'busybox' ? 1 : 2;
      if (!parsed.ok) return fail(usageCode, optionError('ping', parsed));
      const { options } = parsed;
      const host = parsed.operands.at(-1);
      if (host === undefined)
        return fail(
          usageCode,
          flavour === 'busybox' ? 'Usage: ping [OPTIONS] HOST\n' : 'ping: usage error: Destination address required\n',
        );
      const found = hostAddress(host, environment);
      if (found.kind !== 'address')
        return flavour === 'busybox'
          ? fail(1, `ping: bad address '${host}'\n`, found.elapsed)
          : fail(2, `ping: ${host}: ${lookupError(found, environment)}\n`, found.elapsed);
      const { address, canonicalName } = found;
      const run = { ...send(address, options, environment), host, address, canonicalName };
      const result = flavour === 'busybox' ? busyboxText(run, options) : iputilsText(run, options, environment);
      const isEndless = !options.has('c') && !options.has('w');
      return isEndless ? { ...result, serves: [] } : result;
    },
  };
}

function send(
  address: string,
  options: Options,
  environment: ExecEnvironment,
): Pick<Run, 'size' | 'outcomes' | 'elapsed'> {
  const deadline = wholeNumber(options.last('w'));
  const count = Math.min(wholeNumber(options.last('c')) ?? deadline ?? endlessCount, maxCount);
  const outcomes: Outcome[] = [];
  for (let sequence = 0; sequence < count; sequence += 1) {
    const outcome = connect({ host: address, port: 1, protocol: 'ICMP' }, environment);
    outcomes.push(outcome);
    if (outcome.kind === 'unreachable' && outcome.errno !== 'EHOSTUNREACH') break;
  }
  const wait = (wholeNumber(options.last('W')) ?? 10) * 1_000;
  const isAnswered = outcomes.some(({ kind }) => kind === 'delivered');
  const elapsed = (count - 1) * 1_000 + (isAnswered ? 1 : Math.min(wait, (deadline ?? Infinity) * 1_000));
  return { size: wholeNumber(options.last('s')) ?? 56, outcomes, elapsed };
}

function isDelivered({ kind }: Outcome): boolean {
  return kind === 'delivered';
}

function lossOf(outcomes: readonly Outcome[]): { readonly received: number; readonly percent: number } {
  const received = outcomes.filter(isDelivered).length;
  return { received, percent: Math.floor(((outcomes.length - received) * 100) / outcomes.length) };
}

function busyboxText({ host, address, size, outcomes, elapsed }: Run, options: Options): ProgramResult {
  const heading = `PING ${host} (${address}): ${size} data bytes`;
  if (outcomes.some((outcome) => outcome.kind === 'unreachable' && outcome.errno === 'ENETUNREACH'))
    return fail(1, 'ping: sendto: Network is unreachable\n', 0, `${heading}\n`);
  const lines = outcomes.flatMap((outcome, sequence) =>
    isDelivered(outcome) && !options.has('q')
      ? [`${size + 8} bytes from ${address}: seq=${sequence} ttl=${timeToLive} time=0.100 ms`]
      : [],
  );
  const { received, percent } = lossOf(outcomes);
  const stdout = joinLines([
    heading,
    ...lines,
    '',
    `--- ${host} ping statistics ---`,
    `${outcomes.length} packets transmitted, ${received} packets received, ${percent}% packet loss`,
    ...(received > 0 ? ['round-trip min/avg/max = 0.100/0.100/0.100 ms'] : []),
  ]);
  return { stdout, stderr: '', exitCode: received > 0 ? 0 : 1, elapsed };
}

function iputilsText(run: Run, options: Options, environment: ExecEnvironment): ProgramResult {
  const { host, address, canonicalName, size, outcomes, elapsed } = run;
  const shown = isAddress(host) ? host : canonicalName;
  const heading = `PING ${shown} (${address}) ${size}(${size + 28}) bytes of data.`;
  if (outcomes.some((outcome) => outcome.kind === 'unreachable' && outcome.errno === 'ENETUNREACH'))
    return fail(2, 'ping: connect: Network is unreachable\n');
  const from = options.has('n') || isAddress(host) ? address : namedAddress(address, environment);
  const lines = outcomes.flatMap((outcome, index) => {
    if (isDelivered(outcome))
      return [`${size + 8} bytes from ${from}: icmp_seq=${index + 1} ttl=${timeToLive} time=0.100 ms`];
    return outcome.kind === 'refused' ? [`From ${address} icmp_seq=${index + 1} Destination Port Unreachable`] : [];
  });
  const { received, percent } = lossOf(outcomes);
  const errors = outcomes.filter(({ kind }) => kind === 'refused').length;
  const stdout = joinLines([
    heading,
    ...(options.has('q') ? [] : lines),
    '',
    `--- ${shown} ping statistics ---`,
    `${outcomes.length} packets transmitted, ${received} received, ${errors > 0 ? `+${errors} errors, ` : ''}${percent}% packet loss, time ${(outcomes.length - 1) * 1_000}ms`,
    // The line of times, which is empty when there are none.
    received > 0 ? 'rtt min/avg/max/mdev = 0.100/0.100/0.100/0.000 ms' : '',
  ]);
  return { stdout, stderr: '', exitCode: received > 0 ? 0 : 1, elapsed };
}

/** iputils looks the address up backwards. */
function namedAddress(address: string, environment: ExecEnvironment): string {
  const name = queryExactly(reverseName(address) ?? '', 'PTR', environment)?.answers[0]?.data;
  return name === undefined ? address : `${withoutDot(name)} (${address})`;
}
