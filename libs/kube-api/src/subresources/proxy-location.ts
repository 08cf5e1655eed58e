import { randomInt } from 'node:crypto';
import { badRequest, failure, type ApiStatus, type Cluster } from '@kubedrill/cluster-sim';
import { resources, type Endpoints, type Service } from '@kubedrill/kube-model';
import type { ConnectTarget } from './connector.ts';
import { findPod } from './pod-container.ts';

/** Where the API server sends what it is to hand on. */
export type ProxyLocation =
  | { readonly ok: true; readonly address: string; readonly port: string; readonly isSecure: boolean }
  | { readonly ok: false; readonly status: ApiStatus };

interface NamedPort {
  readonly scheme: string;
  readonly name: string;
  readonly port: string;
}

/** apimachinery/pkg/util/net/port_split.go: "name", "name:port", "scheme:name:port". */
export function splitSchemeNamePort(text: string): NamedPort | undefined {
  const parts = text.split(':');
  const [first = '', second = '', third = ''] = parts;
  if (parts.length > 3) return undefined;
  const named =
    parts.length === 3 ? { scheme: first, name: second, port: third } : { scheme: '', name: first, port: second };
  return named.name !== '' && ['', 'http', 'https'].includes(named.scheme) ? named : undefined;
}

/** pkg/registry/core/pod/strategy.go ResourceLocation: the first port that a container declares stands in for one that is not named. */
export function podLocation(cluster: Cluster, { namespace, name: text }: ConnectTarget): ProxyLocation {
  const named = splitSchemeNamePort(text);
  if (!named) return { ok: false, status: badRequest(`invalid pod request ${JSON.stringify(text)}`) };
  const found = findPod(cluster, { namespace, name: named.name });
  if (!found.ok) return found;
  const { spec, status } = found.pod;
  const declared = spec.containers.find(({ ports = [] }) => ports.length > 0)?.ports?.[0]?.containerPort;
  const address = status.podIPs?.[0]?.ip ?? '';
  if (address === '') return { ok: false, status: badRequest('address not allowed') };
  const port = named.port === '' ? String(declared ?? '') : named.port;
  return { ok: true, address, port, isSecure: named.scheme === 'https' };
}

/** pkg/registry/core/service/storage/storage.go ResourceLocation: a Pod among the Endpoints, whatever kube-proxy does. */
export function serviceLocation(cluster: Cluster, { namespace, name: text }: ConnectTarget): ProxyLocation {
  const named = splitSchemeNamePort(text);
  if (!named) return { ok: false, status: badRequest(`invalid service request ${JSON.stringify(text)}`) };
  const { name } = named;
  let { port } = named;
  if (/^[+-]?\d+$/.test(port)) {
    const response = cluster.api.handle({ verb: 'get', resource: resources.Service, namespace, name });
    if (!response.ok) return response;
    const service = ('object' in response ? response.object : undefined) as Service;
    const declared = service.spec.ports?.find((candidate) => candidate.port === Number(port));
    if (!declared) return unavailable(`no service port ${Number(port)} found for service ${JSON.stringify(name)}`);
    port = declared.name ?? '';
  }
  const response = cluster.api.handle({ verb: 'get', resource: resources.Endpoints, namespace, name });
  if (!response.ok) return response;
  const { subsets = [] } = ('object' in response ? response.object : undefined) as Endpoints;
  if (subsets.length === 0) return unavailable(`no endpoints available for service ${JSON.stringify(name)}`);
  for (const { addresses = [], ports = [] } of fromChance(subsets)) {
    const served = ports.find((candidate) => (candidate.name ?? '') === port);
    const pod = served && fromChance(addresses).find(({ targetRef }) => targetRef?.kind === 'Pod');
    if (pod) return { ok: true, address: pod.ip, port: String(served.port), isSecure: named.scheme === 'https' };
  }
  return unavailable(`no endpoints available for service ${JSON.stringify(text)}`);
}

/** In order, beginning anywhere. */
function fromChance<T>(items: readonly T[]): readonly T[] {
  const start = items.length > 1 ? randomInt(items.length) : 0;
  return [...items.slice(start), ...items.slice(0, start)];
}

function unavailable(message: string): ProxyLocation {
  return { ok: false, status: failure(503, 'ServiceUnavailable', message) };
}
