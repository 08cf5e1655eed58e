import type { ObjectView } from '@kubedrill/cluster-sim';
import type { OwnerReference, Pod } from '@kubedrill/kube-model';

/** How a recording names a pod whose real name or address is a matter of chance: "deployment/web#0", "pod/a". */
export interface PodIdentity {
  /** With "<namespace>:" in front outside of the case's namespace. */
  readonly identity: string;
  /** "deployment/web": what pods are counted by. */
  readonly owner: string;
  readonly pod: Pod;
}

/** Names every pod of the namespaces, by the rules of the recordings' FORMAT.md. */
export function identifyPods(
  view: ObjectView,
  namespaces: readonly string[],
  caseNamespace: string,
): readonly PodIdentity[] {
  return namespaces.flatMap((namespace) =>
    identifyNamespace(view, namespace, namespace === caseNamespace ? '' : `${namespace}:`),
  );
}

interface Owned {
  readonly pod: Pod;
  readonly owner: string;
  readonly fixedIdentity?: string;
  readonly revision: number;
}

function identifyNamespace(view: ObjectView, namespace: string, prefix: string): readonly PodIdentity[] {
  const owned = view.list('Pod', namespace).map((pod) => ownerOf(view, pod));
  owned.sort(
    (left, right) =>
      left.revision - right.revision ||
      left.pod.metadata.creationTimestamp.localeCompare(right.pod.metadata.creationTimestamp) ||
      left.pod.metadata.name.localeCompare(right.pod.metadata.name),
  );
  const next = new Map<string, number>();
  return owned.map(({ pod, owner, fixedIdentity }) => {
    if (fixedIdentity !== undefined) return { pod, owner: prefix + owner, identity: prefix + fixedIdentity };
    const number = next.get(owner) ?? 0;
    next.set(owner, number + 1);
    return { pod, owner: prefix + owner, identity: `${prefix}${owner}#${number}` };
  });
}

function ownerOf(view: ObjectView, pod: Pod): Owned {
  const reference = controllerOf(pod.metadata.ownerReferences);
  if (!reference) return bare(pod);
  const namespace = pod.metadata.namespace ?? '';
  switch (reference.kind) {
    case 'ReplicaSet': {
      const set = view.get('ReplicaSet', namespace, reference.name);
      const revision = Number(set?.metadata.annotations?.['deployment.kubernetes.io/revision'] ?? 0);
      const deployment = controllerOf(set?.metadata.ownerReferences);
      const owner = deployment ? `deployment/${deployment.name}` : `replicaset/${reference.name}`;
      return { pod, owner, revision };
    }
    case 'ReplicationController':
      return { pod, owner: `replicationcontroller/${reference.name}`, revision: 0 };
    case 'StatefulSet': {
      const owner = `statefulset/${reference.name}`;
      return {
        pod,
        owner,
        fixedIdentity: `${owner}#${pod.metadata.name.slice(reference.name.length + 1)}`,
        revision: 0,
      };
    }
    case 'DaemonSet': {
      const owner = `daemonset/${reference.name}`;
      return { pod, owner, fixedIdentity: `${owner}@${pod.spec.nodeName ?? ''}`, revision: 0 };
    }
    default:
      return { pod, owner: `${reference.kind.toLowerCase()}/${reference.name}`, revision: 0 };
  }
}

/** A pod without a controller; the generated end of its name is a placeholder. */
function bare(pod: Pod): Owned {
  const { name, generateName } = pod.metadata;
  const shown = generateName && name.startsWith(generateName) ? `${generateName}<gen>` : name;
  return { pod, owner: `pod/${shown}`, fixedIdentity: `pod/${shown}`, revision: 0 };
}

export function controllerOf(references: readonly OwnerReference[] | undefined): OwnerReference | undefined {
  return references?.find((reference) => reference.controller === true);
}
