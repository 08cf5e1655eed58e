import { allContainers, badRequest, type ApiStatus, type Cluster } from '@kubedrill/cluster-sim';
import { resources, type Pod } from '@kubedrill/kube-model';
import type { ConnectTarget } from './connector.ts';

export type FoundPod = { readonly ok: true; readonly pod: Pod } | { readonly ok: false; readonly status: ApiStatus };

export type FoundContainer =
  | { readonly ok: true; readonly pod: Pod; readonly container: string }
  | { readonly ok: false; readonly status: ApiStatus };

export function findPod({ api }: Cluster, { namespace, name }: Pick<ConnectTarget, 'namespace' | 'name'>): FoundPod {
  const response = api.handle({ verb: 'get', resource: resources.Pod, namespace, name });
  if (!response.ok) return response;
  return { ok: true, pod: ('object' in response ? response.object : undefined) as Pod };
}

/** pkg/registry/core/pod/strategy.go validateContainer. */
export function findContainer(cluster: Cluster, target: ConnectTarget, asked: string): FoundContainer {
  const found = findPod(cluster, target);
  if (!found.ok) return found;
  const { pod } = found;
  const { containers } = pod.spec;
  const names = allContainers(pod).map(({ name }) => name);
  const { name } = pod.metadata;
  if (asked !== '')
    return names.includes(asked)
      ? { ok: true, pod, container: asked }
      : { ok: false, status: badRequest(`container ${asked} is not valid for pod ${name}`) };
  const [only] = containers;
  if (only && containers.length === 1) return { ok: true, pod, container: only.name };
  const choice = `a container name must be specified for pod ${name}, choose one of: [${names.join(' ')}]`;
  return { ok: false, status: badRequest(choice) };
}
