import { hostAddress, resolverConfiguration, type HostAddress } from '../../exec/networking.ts';
import type { ExecEnvironment } from '../../exec/program.ts';
import type { ConnectionContext } from '../image-model.ts';

/** Commands and look-ups of one request may take so many steps: the budget of a probe, not that of the whole start. */
const requestBudget = { steps: 2_000, output: 262_144 };
/** Linux hands out client ports from 32768 on; which one is not modelled. */
export const clientPort = 43_210;

/** The server's surroundings while it answers: its files as they were at the start, the network and the time as they are now. */
export function servingEnvironment(environment: ExecEnvironment, connection: ConnectionContext): ExecEnvironment {
  const { network: atStart, ...rest } = environment;
  const network = connection.network && {
    ...connection.network,
    hostname: environment.hostname,
    files: atStart?.files ?? new Map<string, string>(),
  };
  return { ...rest, now: connection.now, budget: { ...requestBudget }, ...(network && { network }) };
}

/** net.DNSError of Go's own resolver. */
export function goLookupError(
  host: string,
  { kind }: Exclude<HostAddress, { kind: 'address' }>,
  environment: ExecEnvironment,
): string {
  const server = `${resolverConfiguration(environment).nameservers[0] ?? ''}:53`;
  const own = `${environment.pod?.status.podIP ?? '127.0.0.1'}:${clientPort}`;
  const reason = kind === 'noServer' ? `read udp ${own}->${server}: i/o timeout` : 'no such host';
  return `lookup ${host} on ${server}: ${reason}`;
}

/** An address for a name, or the error that Go has for it. */
export function goResolve(
  host: string,
  environment: ExecEnvironment,
):
  | { readonly ok: true; readonly address: string }
  | { readonly ok: false; readonly error: string; readonly elapsed: number } {
  const found = hostAddress(host, environment);
  if (found.kind === 'address') return { ok: true, address: found.address };
  return { ok: false, error: goLookupError(host, found, environment), elapsed: found.elapsed };
}
