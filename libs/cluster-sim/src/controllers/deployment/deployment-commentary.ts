import type { Deployment, ReplicaSet } from '@kubedrill/kube-model';
import type { Commentary, Remark } from '../../events/remark.ts';
import { isNamespaceTerminating } from '../refused-changes.ts';

/** What the controller says of its ReplicaSets: pkg/controller/deployment/sync.go. */

const by = { form: 'older', component: 'deployment-controller' } as const;

export function creationCommentary(deployment: Deployment, name: string, replicas: number): Commentary {
  return {
    done: () => (replicas > 0 ? scaled(deployment, name, 0, replicas) : undefined),
    refused: (refusal) =>
      refusal.reason === 'AlreadyExists' || isNamespaceTerminating(refusal)
        ? undefined
        : {
            ...{ by, about: deployment, type: 'Warning', reason: 'ReplicaSetCreateError' },
            message: `Failed to create new replica set "${name}": ${refusal.message}`,
          },
  };
}

export function scalingCommentary(
  deployment: Deployment,
  before: ReplicaSet | undefined,
  { metadata, spec }: ReplicaSet,
): Commentary | undefined {
  if (!before || before.spec.replicas === spec.replicas) return undefined;
  return { done: () => scaled(deployment, metadata.name, before.spec.replicas, spec.replicas) };
}

function scaled(about: Deployment, name: string, from: number, to: number): Remark {
  return {
    ...{ by, about, type: 'Normal', reason: 'ScalingReplicaSet' },
    message: () => `Scaled ${to > from ? 'up' : 'down'} replica set ${name} from ${from} to ${to}`,
  };
}

/** syncDeployment of one that would take every Pod. */
export function selectingAll(about: Deployment): Remark {
  const message = 'This deployment is selecting all pods. A non-empty selector is required.';
  return { by, about, type: 'Warning', reason: 'SelectingAll', message };
}
