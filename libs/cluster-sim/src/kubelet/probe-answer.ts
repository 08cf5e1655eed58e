import type { Container, IntOrString, Probe } from '@kubedrill/kube-model';
import type { Instant } from '../engine/time.ts';
import type { Listener } from '../images/image-model.ts';

/** What a probe finds when it is sent now. */
export interface ProbeSurroundings {
  readonly now: Instant;
  readonly address: string;
  /** The sockets that are open in the Pod. */
  readonly listeners: readonly Listener[];
  /** The exit code of a command in the container; undefined: it could not be started. */
  exec(container: Container, argv: readonly string[]): number | undefined;
}

const kubeletPort = 42_000;

/** pkg/kubelet/prober/prober.go and pkg/probe. */
export function answers(probe: Probe, container: Container, surroundings: ProbeSurroundings): boolean {
  if (probe.exec) return surroundings.exec(container, probe.exec.command ?? []) === 0;
  if (probe.httpGet) return answersHttp(probe.httpGet, container, surroundings);
  if (probe.grpc) return answersGrpc(probe.grpc, container, surroundings);
  const { tcpSocket } = probe;
  return (
    tcpSocket !== undefined && probedListener(tcpSocket.port, container, surroundings.listeners).listener !== undefined
  );
}

function answersGrpc(
  { port, service = '' }: NonNullable<Probe['grpc']>,
  container: Container,
  { listeners }: ProbeSurroundings,
): boolean {
  return probedListener(port, container, listeners).listener?.grpcHealth?.(service) ?? false;
}

function answersHttp(
  get: NonNullable<Probe['httpGet']>,
  container: Container,
  surroundings: ProbeSurroundings,
): boolean {
  const { listener } = probedListener(get.port, container, surroundings.listeners);
  if (!listener) return false;
  const { application } = listener;
  // Nothing that is modelled as HTTP speaks TLS; what is not modelled is taken to be right.
  if (get.scheme === 'HTTPS') return application.kind === 'silent';
  if (application.kind !== 'http') return false;
  const status = httpAnswer(get, listener, surroundings);
  return status >= 200 && status < 400;
}

/** The status with which a listener that speaks HTTP answers; 0 for one that does not, or ends the connection without one. */
export function httpAnswer(
  get: NonNullable<Probe['httpGet']>,
  { application, port }: Listener,
  { address, now }: Pick<ProbeSurroundings, 'address' | 'now'>,
): number {
  if (application.kind !== 'http') return 0;
  const headers = Object.fromEntries((get.httpHeaders ?? []).map(({ name, value }) => [name, value]));
  const host = { Host: `${get.host ?? address}:${port}`, 'User-Agent': 'kube-probe/1.36', Accept: '*/*' };
  const response = application.respond(
    { method: 'GET', path: pathOf(get.path), headers: { ...host, ...headers } },
    { clientAddress: address, clientPort: kubeletPort, serverAddress: address, serverPort: port, now },
  );
  return response === 'closed' ? 0 : response.status;
}

export function pathOf(path: string | undefined): string {
  if (!path) return '/';
  return path.startsWith('/') ? path : `/${path}`;
}

/** A socket that the kubelet reaches by the Pod's address: not one on the loopback. */
export function probedListener(
  port: IntOrString,
  container: Container,
  listeners: readonly Listener[],
): { readonly number: number; readonly listener: Listener | undefined } {
  const number =
    typeof port === 'number'
      ? port
      : (container.ports?.find(({ name }) => name === port)?.containerPort ?? Number(port));
  const listener = listeners.find(
    (open) => open.port === number && open.protocol === 'TCP' && open.address === '0.0.0.0',
  );
  return { number, listener };
}
