import { StringDecoder } from 'node:string_decoder';
import { execFailureText, type ExecSession, type OpenedSession, type TerminalSize } from '@kubedrill/cluster-sim';
import type { ConnectBackend } from '../subresources/connector.ts';
import type { CommandRequest } from './stream-request.ts';

/** The way to the client, whatever the protocol is. */
export interface CommandClient {
  stdout(text: string): void;
  stderr(text: string): void;
  /** How it has ended; nothing comes after it. */
  end(result: CommandEnd): void;
}

export type CommandEnd =
  | { readonly kind: 'exited'; readonly code: number }
  /** It could not be started, or the kubelet has given it up. */
  | { readonly kind: 'failed'; readonly message: string };

/** Characters of input that one session takes. */
const inputFull = 'the session has taken as much input as it holds';

/** Carries a session on with the cluster's time, and its streams with it. */
export class RemoteCommand {
  private readonly backend: ConnectBackend;
  private readonly request: CommandRequest;
  private readonly client: CommandClient;
  private readonly decoder = new StringDecoder('utf8');
  private session: ExecSession | undefined;
  private isOver = false;
  private leave: () => void = () => undefined;

  constructor(backend: ConnectBackend, request: CommandRequest, client: CommandClient) {
    this.backend = backend;
    this.request = request;
    this.client = client;
  }

  start(): void {
    const opened = this.open();
    if (!opened.ok)
      return this.finish({ kind: 'failed', message: execFailureText(opened.message, this.request.command) });
    this.session = opened.session;
    this.leave = this.backend.pulse.follow(() => this.carryOn());
    this.carryOn();
  }

  input(bytes: Uint8Array): void {
    const { session } = this;
    if (!session || this.isOver || !this.request.stdin) return;
    session.input(this.decoder.write(Buffer.from(bytes)));
    if (session.isFull) this.finish({ kind: 'failed', message: inputFull });
    else this.carryOn();
  }

  endInput(): void {
    if (this.isOver) return;
    this.session?.endInput();
    this.carryOn();
  }

  resize(size: TerminalSize): void {
    this.session?.resize(size);
  }

  /** The client has left: its command goes with it. */
  abandon(): void {
    this.isOver = true;
    this.leave();
  }

  private open(): OpenedSession {
    const { kind, target, command, stdin, tty } = this.request;
    const { cluster } = this.backend;
    return kind === 'exec' ? cluster.openExec(target, command, { stdin, tty }) : cluster.attach(target, { stdin, tty });
  }

  private carryOn(): void {
    const { session, client, request } = this;
    if (!session || this.isOver) return;
    const { stdout, stderr } = session.advance(this.backend.cluster.clock.now());
    if (stdout !== '' && request.stdout) client.stdout(stdout);
    if (stderr !== '' && request.stderr) client.stderr(stderr);
    if (session.exitCode !== undefined) this.finish({ kind: 'exited', code: session.exitCode });
  }

  private finish(end: CommandEnd): void {
    if (this.isOver) return;
    this.abandon();
    this.client.end(end);
  }
}
