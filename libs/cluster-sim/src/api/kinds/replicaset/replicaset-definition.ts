import type { JsonObject, ReplicaSet } from '@kubedrill/kube-model';
import { semanticallyEqual } from '../../validation/immutable.ts';
import { specPath } from '../../validation/path.ts';
import type { KindDefinition, ScaleAccess, Strategy, SubresourceStrategy } from '../kind-definition.ts';
import { absent, all, inMember } from '../pod-template/defaults/defaulter.ts';
import { defaultPodTemplate } from '../pod-template/defaults/pod-spec-defaults.ts';
import { withoutDisabledTemplate } from '../pod-template/disabled-fields.ts';
import { workloadNameWarning } from '../pod-template/replicated-workload.ts';
import { podWarnings } from '../pod-template/warnings.ts';
import { withMembers } from '../pod-template/with-members.ts';
import { validateNewReplicaSet, validateReplicaSetStatus, validateReplicaSetUpdate } from './replicaset-validation.ts';
import { replicaSet as schema } from './schema.ts';

/** pkg/apis/apps/v1/defaults.go SetDefaults_ReplicaSet. */
const defaultSpec = inMember('spec', all(absent({ replicas: 1 }), defaultPodTemplate));

/** registry/apps/replicaset/strategy.go. */
const strategy: Strategy<'ReplicaSet'> = {
  allowCreateOnUpdate: false,
  allowUnconditionalUpdate: true,
  prepareForCreate(replicaSet) {
    const metadata = { ...replicaSet.metadata, generation: 1 };
    return { ...replicaSet, metadata, spec: withoutDisabledTemplate(replicaSet.spec), status: { replicas: 0 } };
  },
  prepareForUpdate(replicaSet, old) {
    const changed = { ...replicaSet, spec: withoutDisabledTemplate(replicaSet.spec), status: old.status };
    return { ...changed, metadata: withMembers(replicaSet.metadata, { generation: generationOf(changed, old) }) };
  },
  validateCreate: validateNewReplicaSet,
  validateUpdate: validateReplicaSetUpdate,
  warningsOnCreate: (replicaSet) => [...workloadNameWarning(replicaSet.metadata.name), ...templateWarnings(replicaSet)],
  warningsOnUpdate: (replicaSet, old) =>
    replicaSet.metadata.generation === old.metadata.generation ? [] : templateWarnings(replicaSet),
};

function generationOf(replicaSet: ReplicaSet, old: ReplicaSet): number | undefined {
  const { generation } = old.metadata;
  return semanticallyEqual(replicaSet.spec, old.spec) ? generation : (generation ?? 0) + 1;
}

function templateWarnings({ spec: { template } }: ReplicaSet): readonly string[] {
  return podWarnings(template.spec, template.metadata?.annotations, specPath.child('template'));
}

const status: SubresourceStrategy<'ReplicaSet'> = {
  prepareForUpdate: (replicaSet, old) => ({ ...replicaSet, spec: old.spec }),
  validateUpdate: validateReplicaSetStatus,
};

const scale: ScaleAccess<'ReplicaSet'> = {
  replicas: ({ spec }) => spec.replicas,
  statusReplicas: (replicaSet) => replicaSet.status.replicas,
  selector: ({ spec }) => spec.selector,
  withReplicas: (replicaSet, replicas) => ({ ...replicaSet, spec: { ...replicaSet.spec, replicas } }),
};

export const replicaSetDefinition: KindDefinition<'ReplicaSet'> = {
  kind: 'ReplicaSet',
  schema,
  defaults: (replicaSet) => defaultSpec(replicaSet as unknown as JsonObject) as unknown as ReplicaSet,
  strategy,
  status,
  scale,
};
