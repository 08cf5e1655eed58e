import { badRequest, type ApiStatus, type Cluster } from '@kubedrill/cluster-sim';
import type { Pod } from '@kubedrill/kube-model';
import type { RequestPath } from '../request-path.ts';
import { findContainer, findPod } from '../subresources/pod-container.ts';

/** What a client wants of a container's process, with its streams open for as long as it takes. */
export interface CommandRequest {
  readonly kind: 'exec' | 'attach';
  readonly target: { readonly namespace: string; readonly pod: string; readonly container: string };
  readonly command: readonly string[];
  readonly stdin: boolean;
  readonly stdout: boolean;
  readonly stderr: boolean;
  readonly tty: boolean;
}

export interface ForwardRequest {
  readonly kind: 'portforward';
  readonly target: { readonly namespace: string; readonly pod: string };
  /** Of the oldest form, in which the query names the ports. */
  readonly ports: readonly string[];
}

export type StreamRequest = CommandRequest | ForwardRequest;

export type ReadStreamRequest =
  { readonly ok: true; readonly request: StreamRequest } | { readonly ok: false; readonly status: ApiStatus };

type Resource = Extract<RequestPath, { kind: 'resource' }>;

/** pkg/registry/core/pod/rest/subresources.go and strategy.go streamLocation; undefined: the path is none of these. */
export function readStreamRequest(
  path: RequestPath,
  query: URLSearchParams,
  cluster: Cluster,
): ReadStreamRequest | undefined {
  if (path.kind !== 'resource' || path.groupVersion !== 'v1' || path.plural !== 'pods') return undefined;
  switch (path.subresource) {
    case 'exec':
    case 'attach':
      return readCommand(path.subresource, path, query, cluster);
    case 'portforward':
      return readForward(path, query, cluster);
    default:
      return undefined;
  }
}

function readCommand(
  kind: CommandRequest['kind'],
  path: Resource,
  query: URLSearchParams,
  cluster: Cluster,
): ReadStreamRequest {
  const { namespace, name } = path;
  const found = findContainer(cluster, path, query.get('container') ?? '');
  if (!found.ok) return found;
  const unassigned = refusalOfUnassigned(found.pod);
  if (unassigned) return { ok: false, status: unassigned };
  const isSet = (option: string): boolean => /^(1|t|true)$/i.test(query.get(option) ?? '');
  const [stdin, stdout, tty] = [isSet('stdin'), isSet('stdout'), isSet('tty')];
  // A terminal has no stream of its own for errors.
  const stderr = isSet('stderr') && !tty;
  if (!stdin && !stdout && !stderr)
    return { ok: false, status: badRequest('you must specify at least 1 of stdin, stdout, stderr') };
  const command = query.getAll('command');
  if (kind === 'exec' && command.length === 0)
    return { ok: false, status: badRequest('you must specify at least one command for the container') };
  const target = { namespace, pod: name, container: found.container };
  return { ok: true, request: { kind, target, command, stdin, stdout, stderr, tty } };
}

function readForward(path: Resource, query: URLSearchParams, cluster: Cluster): ReadStreamRequest {
  const { namespace, name } = path;
  const found = findPod(cluster, path);
  if (!found.ok) return found;
  const unassigned = refusalOfUnassigned(found.pod);
  if (unassigned) return { ok: false, status: unassigned };
  const ports = query.getAll('ports').flatMap((text) => text.split(','));
  return { ok: true, request: { kind: 'portforward', target: { namespace, pod: name }, ports } };
}

function refusalOfUnassigned({ metadata, spec }: Pod): ApiStatus | undefined {
  if (spec.nodeName) return undefined;
  return badRequest(`pod ${metadata.name} does not have a host assigned`);
}
