import type { ResourceInfo } from '@kubedrill/kube-model';
import { resources } from '@kubedrill/kube-model';
import type { ObjectView } from '../../store/object-view.ts';
import type { ApiStatus } from '../request.ts';
import { forbidden, notFound } from '../status.ts';

const immortal: ReadonlySet<string> = new Set(['default', 'kube-system', 'kube-public']);

/** Nothing new in a namespace that is absent or going: apiserver/pkg/admission/plugin/namespace/lifecycle. */
export function refuseInNamespace(
  view: ObjectView,
  info: ResourceInfo,
  namespace: string,
  name: string,
): ApiStatus | undefined {
  if (!info.namespaced) return undefined;
  const found = view.get('Namespace', '', namespace);
  if (!found) return notFound(resources.Namespace, namespace);
  if (found.status.phase !== 'Terminating') return undefined;
  const why = `unable to create new content in namespace ${namespace} because it is being terminated`;
  const cause = {
    reason: 'NamespaceTerminating',
    message: `namespace ${namespace} is being terminated`,
    field: 'metadata.namespace',
  };
  return forbidden(info, name, why, [cause]);
}

export function refuseNamespaceDeletion(name: string): ApiStatus | undefined {
  return immortal.has(name) ? forbidden(resources.Namespace, name, 'this namespace may not be deleted') : undefined;
}
