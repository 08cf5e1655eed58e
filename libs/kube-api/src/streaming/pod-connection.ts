import {
  badRequestBytes,
  readRequest,
  responseBytes,
  type HttpRequest,
  type Outcome,
  type Probe,
} from '@kubedrill/cluster-sim';
import type { ConnectBackend } from '../subresources/connector.ts';
import type { ForwardRequest } from './stream-request.ts';

export interface ForwardedBytes {
  write(bytes: Buffer): void;
  /** The process has closed its end. */
  end(): void;
}

/** Bytes that wait for the rest of a request. */
const maxPending = 2 * 1024 * 1024;

/** A TCP connection to a process of a Pod, from within the Pod: what containerd's port-forward makes (internal/cri/server/sandbox_portforward_linux.go). */
export class PodConnection {
  private readonly backend: ConnectBackend;
  private readonly probe: Probe;
  private readonly client: ForwardedBytes;
  private readonly uid: string;
  private greeting: string | undefined;
  private pending = '';
  private isOver = false;

  constructor(
    backend: ConnectBackend,
    { namespace, pod }: ForwardRequest['target'],
    port: number,
    client: ForwardedBytes,
  ) {
    this.backend = backend;
    this.client = client;
    this.uid = backend.cluster.view.get('Pod', namespace, pod)?.metadata.uid ?? '';
    this.probe = { from: { kind: 'pod', namespace, name: pod }, host: '127.0.0.1', port, protocol: 'TCP' };
  }

  /** Undefined: it stands; else what keeps it from standing. */
  open(): string | undefined {
    const outcome = this.send({});
    if (outcome.kind !== 'delivered' && outcome.kind !== 'closed') return this.failureText(outcome);
    if (outcome.kind !== 'delivered' || outcome.reply === undefined) return undefined;
    this.greeting = outcome.reply;
    this.write(this.greeting);
    return undefined;
  }

  receive(bytes: Buffer): void {
    if (this.isOver) return;
    if (this.greeting !== undefined) return this.converse(bytes.toString('latin1'), this.greeting);
    this.pending += bytes.toString('latin1');
    if (this.pending.length > maxPending) return this.finish();
    while (!this.isOver && this.pending !== '') {
      const read = readRequest(this.pending);
      if (read.kind === 'incomplete') return;
      if (read.kind === 'malformed') {
        this.write(badRequestBytes);
        return this.finish();
      }
      this.pending = read.rest;
      this.answer(read.request, read.isLast);
    }
  }

  /** The client sends no more: a server that has nothing left to answer closes too. */
  endInput(): void {
    this.finish();
  }

  private failureText(outcome: Outcome): string {
    const { port } = this.probe;
    const sandbox = this.uid.replaceAll('-', '').padEnd(64, '0');
    return `error forwarding port ${port} to pod ${sandbox}, uid : ${reasonOf(outcome, port, sandbox)}`;
  }

  private converse(data: string, greeting: string): void {
    const outcome = this.send({ data });
    if (outcome.kind !== 'delivered') return this.finish();
    this.write((outcome.reply ?? '').slice(greeting.length));
  }

  private answer(request: HttpRequest, isLast: boolean): void {
    const body = request.body === undefined ? {} : { body: Buffer.from(request.body, 'latin1').toString() };
    const outcome = this.send({ http: { ...request, ...body } });
    if (outcome.kind !== 'delivered' || !outcome.response) return this.finish();
    const { response } = outcome;
    const closes =
      isLast ||
      Object.entries(response.headers).some(([name, value]) => /^connection$/i.test(name) && /close/i.test(value));
    this.write(responseBytes(response, Buffer.from(response.body).toString('latin1'), request.method, closes));
    if (closes) this.finish();
  }

  private send(content: Pick<Probe, 'http' | 'data'>): Outcome {
    return this.backend.cluster.connect({ ...this.probe, ...content }).outcome;
  }

  private write(text: string): void {
    if (text !== '') this.client.write(Buffer.from(text, 'latin1'));
  }

  private finish(): void {
    if (this.isOver) return;
    this.isOver = true;
    this.client.end();
  }
}

function reasonOf(outcome: Outcome, port: number, sandbox: string): string {
  const reason = outcome.kind === 'refused' ? 'connection refused' : 'i/o timeout';
  return (
    `failed to execute portforward in network namespace "/var/run/netns/cni-${sandbox.slice(0, 32)}": ` +
    `failed to connect to localhost:${port} inside namespace "${sandbox}", IPv4: dial tcp4 127.0.0.1:${port}: connect: ${reason} IPv6 dial tcp6 [::1]:${port}: connect: ${reason} `
  );
}
