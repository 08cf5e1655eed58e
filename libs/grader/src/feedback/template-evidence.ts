import type { Cluster, Evidence } from '@kubedrill/cluster-sim';
import { resources, type Kind } from '@kubedrill/kube-model';

/** Pod, ReplicaSet, Deployment: no chain of owners is longer. */
const mostOwners = 3;

/**
 * Pods are written by nobody: what a Pod's field says stands in the template of the workloads that own it. Asked while the Pod
 * is there, since a later step of the scenario may delete it.
 */
export function withTemplates(evidence: readonly Evidence[], cluster: Cluster): readonly Evidence[] {
  return evidence.flatMap((piece) => (piece.kind === 'Pod' ? [piece, ...templatesOf(piece, cluster)] : [piece]));
}

function templatesOf({ namespace, name, path }: Evidence, { view }: Cluster): readonly Evidence[] {
  const templates: Evidence[] = [];
  let [owner] = view.get('Pod', namespace, name)?.metadata.ownerReferences ?? [];
  while (owner && isKind(owner.kind) && templates.length < mostOwners) {
    templates.push({ kind: owner.kind, namespace, name: owner.name, path: ['spec', 'template', ...path] });
    [owner] = view.get(owner.kind, namespace, owner.name)?.metadata.ownerReferences ?? [];
  }
  return templates;
}

function isKind(kind: string): kind is Kind {
  return Object.hasOwn(resources, kind);
}
