import { badRequest, failure, type ApiStatus, type ContainerLog, type LogLine } from '@kubedrill/cluster-sim';
import { statusAnswer, type WireAnswer, type WireRequest } from '../wire.ts';
import type { ConnectBackend, ConnectTarget } from './connector.ts';
import { findContainer } from './pod-container.ts';

interface LogOptions {
  readonly container: string;
  readonly follow: boolean;
  readonly previous: boolean;
  readonly timestamps: boolean;
  readonly tailLines: number | undefined;
  readonly sinceSeconds: number | undefined;
  /** Milliseconds since the epoch. */
  readonly sinceTime: number | undefined;
  readonly limitBytes: number | undefined;
}

type ReadOptions =
  { readonly ok: true; readonly options: LogOptions } | { readonly ok: false; readonly status: ApiStatus };

/** GET pods/NAME/log: pkg/registry/core/pod/rest/log.go, and the kubelet's logs.go behind it. */
export function podLog(request: WireRequest, target: ConnectTarget, { cluster, pulse }: ConnectBackend): WireAnswer {
  const read = readOptions(request.query, target.name);
  if (!read.ok) return statusAnswer(read.status);
  const { options } = read;
  const found = findContainer(cluster, target, options.container);
  if (!found.ok) return statusAnswer(found.status);
  const of = { namespace: target.namespace, pod: target.name, container: found.container };
  const log = cluster.logs(of, options.previous);
  if (!log.ok) return statusAnswer(log.status);
  const writer = new LogWriter(options, cluster.clock.now());
  const first = writer.first(log);
  const isOpen = options.follow && log.isOpen && !writer.isFull;
  if (!isOpen) return { kind: 'text', code: 200, text: first };
  return {
    kind: 'stream',
    contentType: 'text/plain',
    start(send, end) {
      if (first !== '') send(first);
      return pulse.follow(() => {
        const now = cluster.logs(of, false);
        // A container that has started anew has another log: following ends with the run that it began with.
        const isSame = now.ok && now.startedAt === log.startedAt;
        const more = isSame ? writer.more(now) : '';
        if (more !== '') send(more);
        if (!isSame || !now.isOpen || writer.isFull) end();
      });
    },
  };
}

/** kuberuntime/logs ReadLogs: the last lines first, then what of them is new enough, then as many bytes as are asked for. */
class LogWriter {
  private readonly options: LogOptions;
  private readonly since: number;
  private left: number;
  private seen = 0;

  constructor(options: LogOptions, now: number) {
    this.options = options;
    const { sinceSeconds, sinceTime, limitBytes } = options;
    this.since = sinceTime ?? (sinceSeconds === undefined ? -Infinity : now - sinceSeconds * 1000);
    this.left = limitBytes ?? Infinity;
  }

  get isFull(): boolean {
    return this.left <= 0;
  }

  first(log: ContainerLog): string {
    const { tailLines } = this.options;
    this.seen = tailLines === undefined ? 0 : Math.max(log.lines.length - tailLines, 0);
    return this.more(log);
  }

  more({ lines }: ContainerLog): string {
    const fresh = lines.slice(this.seen);
    this.seen = lines.length;
    return fresh
      .filter(({ at }) => at >= this.since)
      .map((line) => this.written(line))
      .join('');
  }

  private written({ at, text }: LogLine): string {
    const line = Buffer.from(this.options.timestamps ? `${nanoseconds(at)} ${text}\n` : `${text}\n`);
    const part = line.subarray(0, Math.max(Math.min(this.left, line.length), 0));
    this.left -= part.length;
    return part.toString();
  }
}

/** RFC3339NanoFixed. */
function nanoseconds(at: number): string {
  return new Date(at).toISOString().replace('Z', '000000Z');
}

const numbers = ['tailLines', 'sinceSeconds', 'limitBytes'] as const;

function readOptions(query: URLSearchParams, name: string): ReadOptions {
  const values = new Map<string, number>();
  for (const key of numbers) {
    const text = query.get(key);
    if (text === null || text === '') continue;
    if (!/^[+-]?\d{1,18}$/.test(text))
      return { ok: false, status: badRequest(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`) };
    values.set(key, Number(text));
  }
  const since = query.get('sinceTime') ?? '';
  const sinceTime = since === '' ? undefined : Date.parse(since);
  if (Number.isNaN(sinceTime))
    return { ok: false, status: badRequest(`parsing time ${JSON.stringify(since)}: cannot parse it as RFC 3339`) };
  const options: LogOptions = {
    container: query.get('container') ?? '',
    follow: isTrue(query.get('follow')),
    previous: isTrue(query.get('previous')),
    timestamps: isTrue(query.get('timestamps')),
    tailLines: values.get('tailLines'),
    sinceSeconds: values.get('sinceSeconds'),
    sinceTime,
    limitBytes: values.get('limitBytes'),
  };
  const errors = errorsOf(options);
  if (errors.length === 0) return { ok: true, options };
  const all = errors.map(([field, , message]) => `${field}: ${message}`);
  const text = all.length === 1 ? (all[0] ?? '') : `[${all.join(', ')}]`;
  const causes = errors.map(([field, reason, message]) => ({ reason, message, field }));
  const details = { name, kind: 'PodLogOptions', causes };
  return {
    ok: false,
    status: failure(422, 'Invalid', `PodLogOptions ${JSON.stringify(name)} is invalid: ${text}`, details),
  };
}

type OptionError = readonly [field: string, reason: 'FieldValueInvalid' | 'FieldValueForbidden', message: string];

/** pkg/apis/core/validation/validation.go ValidatePodLogOptions. */
function errorsOf({ tailLines, limitBytes, sinceSeconds, sinceTime }: LogOptions): readonly OptionError[] {
  const errors: OptionError[] = [];
  if (tailLines !== undefined && tailLines < 0)
    errors.push(invalid('tailLines', tailLines, 'must be greater than or equal to 0'));
  if (limitBytes !== undefined && limitBytes < 1)
    errors.push(invalid('limitBytes', limitBytes, 'must be greater than 0'));
  const both = 'Forbidden: at most one of `sinceTime` or `sinceSeconds` may be specified';
  if (sinceSeconds !== undefined && sinceTime !== undefined) errors.push(['', 'FieldValueForbidden', both]);
  else if (sinceSeconds !== undefined && sinceSeconds < 1)
    errors.push(invalid('sinceSeconds', sinceSeconds, 'must be greater than 0'));
  return errors;
}

function invalid(field: string, value: number, why: string): OptionError {
  return [field, 'FieldValueInvalid', `Invalid value: ${value}: ${why}`];
}

/** strconv.ParseBool, as far as clients go. */
function isTrue(text: string | null): boolean {
  return text === 'true' || text === '1' || text === 't' || text === 'True' || text === 'TRUE';
}
