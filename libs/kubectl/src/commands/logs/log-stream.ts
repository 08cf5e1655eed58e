import { kubectlErrorText, type ContainerLog, type Instant, type LogsResult } from '@kubedrill/cluster-sim';
import { durationOf } from '../../go-duration.ts';
import type { Invocation } from '../../invocation.ts';
import type { LogSource } from './log-sources.ts';

/** With a selector, each Pod shows its last lines only. */
const selectorTail = 10;

/** One container's log as the flags want it, from the first line to what comes while it is followed. */
export class LogStream {
  isOpen = false;
  private readonly invocation: Invocation;
  private readonly source: LogSource;
  private readonly since: Instant;
  private left: number;
  private seen = 0;
  private run: Instant | undefined;

  constructor(invocation: Invocation, source: LogSource) {
    const { cluster, flags } = invocation;
    this.invocation = invocation;
    this.source = source;
    const time = flags.text('since-time');
    const seconds = Math.round(durationOf(flags.text('since')) / 1_000);
    this.since = time !== '' ? Date.parse(time) : seconds === 0 ? -Infinity : cluster.clock.now() - seconds * 1_000;
    const limit = Number(flags.text('limit-bytes'));
    this.left = limit === 0 ? Infinity : limit;
  }

  /** Shows what there is; why it cannot be shown. */
  open(): string | undefined {
    const { flags } = this.invocation;
    const log = this.read(flags.isTrue('previous'));
    if (!log.ok) return kubectlErrorText(log.status, { kind: 'other' });
    const tail = flags.has('tail') ? Number(flags.text('tail')) : flags.text('selector') === '' ? -1 : selectorTail;
    this.seen = tail < 0 ? 0 : Math.max(log.lines.length - tail, 0);
    this.run = log.startedAt;
    this.show(log);
    return undefined;
  }

  /** Whether there was more. A container that has started anew has another log, which is not followed. */
  follow(): boolean {
    const log = this.read(false);
    const before = this.seen;
    if (log.ok && log.startedAt === this.run) this.show(log);
    else this.isOpen = false;
    return this.seen > before;
  }

  private read(previous: boolean): LogsResult {
    const { pod, container } = this.source;
    const { namespace = '', name } = pod.metadata;
    return this.invocation.cluster.logs({ namespace, pod: name, container }, previous);
  }

  private show({ lines, isOpen }: ContainerLog): void {
    const { console, flags } = this.invocation;
    const fresh = lines.slice(this.seen);
    this.seen = lines.length;
    for (const { at, text } of fresh) {
      if (at < this.since || this.left <= 0) continue;
      const line = `${flags.isTrue('timestamps') ? `${nanoseconds(at)} ` : ''}${text}\n`.slice(0, this.left);
      this.left -= line.length;
      console.stdout += this.prefix() + line;
    }
    this.isOpen = isOpen && this.left > 0;
  }

  private prefix(): string {
    const { flags } = this.invocation;
    const { pod, container } = this.source;
    return flags.isTrue('prefix') || flags.isTrue('all-pods') ? `[pod/${pod.metadata.name}/${container}] ` : '';
  }
}

/** RFC3339NanoFixed. */
function nanoseconds(at: Instant): string {
  return new Date(at).toISOString().replace('Z', '000000Z');
}
