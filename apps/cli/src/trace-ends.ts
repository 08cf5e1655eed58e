import type { Cluster, Probe, VantagePoint } from '@kubedrill/cluster-sim';
import { podsOf } from '@kubedrill/grader';
import { UsageError } from './command.ts';

/** "deploy/web" (its first Pod), "pod/web-1", "node/node-1"; with a namespace "deploy/shop/web". */
export function parseVantagePoint(cluster: Cluster, text: string, namespace: string): VantagePoint {
  const parts = text.split('/');
  const kind = parts[0] ?? '';
  const name = parts.at(-1) ?? '';
  const where = parts.length === 3 ? (parts[1] ?? '') : namespace;
  if (kind === 'node' && parts.length === 2) return { kind: 'node', name };
  if ((kind === 'pod' || kind === 'po') && parts.length > 1) return { kind: 'pod', namespace: where, name };
  if (['deploy', 'deployment'].includes(kind) && parts.length > 1) {
    const [pod] = podsOf(cluster, { deployment: name, namespace: where });
    if (!pod) throw new UsageError(`Deployment "${name}" has no Pod in namespace "${where}"`);
    return { kind: 'pod', namespace: where, name: pod.metadata.name };
  }
  throw new UsageError(`"${text}" is no place to start from: write deploy/NAME, pod/NAME or node/NAME`);
}

/** "http://api:80/path" asks over HTTP, "api:80" connects, "udp://api:53" sends a datagram. */
export function parseDestination(text: string): Omit<Probe, 'from'> {
  const match = /^(?:(http|tcp|udp|sctp):\/\/)?([^/:\s]+)(?::(\d{1,5}))?(\/\S*)?$/.exec(text);
  if (!match) throw new UsageError(`"${text}" is no target: write http://api:80/, api:80 or udp://dns:53`);
  const [, scheme = 'tcp', host = '', digits, path] = match;
  const port = Number(digits ?? (scheme === 'http' ? 80 : NaN));
  if (!(port >= 1 && port <= 65535)) throw new UsageError(`"${text}" needs a port from 1 to 65535: ${host}:80`);
  if (scheme === 'http') return { host, port, protocol: 'TCP', http: { method: 'GET', path: path ?? '/' } };
  return { host, port, protocol: scheme.toUpperCase() as Probe['protocol'] };
}
