import type { StatefulSet } from '@kubedrill/kube-model';
import { semanticallyEqual } from '../../validation/immutable.ts';
import { specPath } from '../../validation/path.ts';
import type { KindDefinition, ScaleAccess, Strategy, SubresourceStrategy } from '../kind-definition.ts';
import { withoutDisabledTemplate } from '../pod-template/disabled-fields.ts';
import { claimWarnings } from '../pod-template/quantity-warnings.ts';
import { podWarnings } from '../pod-template/warnings.ts';
import { withMembers } from '../pod-template/with-members.ts';
import { statefulSet as schema } from './schema.ts';
import { defaultStatefulSet } from './statefulset-defaults.ts';
import { validateStatefulSetStatus } from './statefulset-status-validation.ts';
import { validateNewStatefulSet, validateStatefulSetUpdate } from './statefulset-validation.ts';

type Spec = StatefulSet['spec'];

/** registry/apps/statefulset/strategy.go. */
const strategy: Strategy<'StatefulSet'> = {
  allowCreateOnUpdate: false,
  allowUnconditionalUpdate: true,
  prepareForCreate: (statefulSet) => ({
    ...statefulSet,
    metadata: { ...statefulSet.metadata, generation: 1 },
    spec: withoutMaxUnavailable(withoutDisabledTemplate(statefulSet.spec)),
    status: { replicas: 0, availableReplicas: 0 },
  }),
  prepareForUpdate(statefulSet, old) {
    const spec = withoutMaxUnavailable(withoutDisabledTemplate(statefulSet.spec));
    const { generation = 0 } = old.metadata;
    const metadata = semanticallyEqual(spec, old.spec)
      ? statefulSet.metadata
      : { ...statefulSet.metadata, generation: generation + 1 };
    return { ...statefulSet, metadata, spec, status: old.status };
  },
  validateCreate: validateNewStatefulSet,
  validateUpdate: validateStatefulSetUpdate,
  warningsOnCreate: (statefulSet) => [
    ...templateWarnings(statefulSet),
    ...volumeClaimWarnings(statefulSet),
    ...historyWarnings(statefulSet),
  ],
  warningsOnUpdate: (statefulSet, old) => [
    ...(statefulSet.metadata.generation === old.metadata.generation ? [] : templateWarnings(statefulSet)),
    ...volumeClaimWarnings(statefulSet, 'Spec'),
    ...historyWarnings(statefulSet),
  ],
};

/** The feature MaxUnavailableStatefulSet is off in v1.36. */
function withoutMaxUnavailable(spec: Spec): Spec {
  const { rollingUpdate } = spec.updateStrategy;
  if (rollingUpdate?.maxUnavailable === undefined) return spec;
  const kept = withMembers(rollingUpdate, { maxUnavailable: undefined });
  return { ...spec, updateStrategy: { ...spec.updateStrategy, rollingUpdate: kept } };
}

function templateWarnings({ spec: { template } }: StatefulSet): readonly string[] {
  return podWarnings(template.spec, template.metadata?.annotations, specPath.child('template'));
}

/** `part`: what the path calls the claim's specification; on create it leaves it out. */
function volumeClaimWarnings({ spec: { volumeClaimTemplates = [] } }: StatefulSet, part?: string): readonly string[] {
  return volumeClaimTemplates.flatMap(({ spec }, index) => {
    const at = specPath.child('volumeClaimTemplates').index(index);
    return claimWarnings(spec, part === undefined ? at : at.child(part));
  });
}

function historyWarnings({ spec: { revisionHistoryLimit } }: StatefulSet): readonly string[] {
  if (revisionHistoryLimit >= 0) return [];
  return ['spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >= 0 is recommended'];
}

const status: SubresourceStrategy<'StatefulSet'> = {
  prepareForUpdate: (statefulSet, old) => ({ ...statefulSet, spec: old.spec }),
  validateUpdate: validateStatefulSetStatus,
};

const scale: ScaleAccess<'StatefulSet'> = {
  replicas: ({ spec }) => spec.replicas,
  statusReplicas: (statefulSet) => statefulSet.status.replicas,
  selector: ({ spec }) => spec.selector,
  withReplicas: (statefulSet, replicas) => ({ ...statefulSet, spec: { ...statefulSet.spec, replicas } }),
};

export const statefulSetDefinition: KindDefinition<'StatefulSet'> = {
  kind: 'StatefulSet',
  schema,
  defaults: defaultStatefulSet,
  strategy,
  status,
  scale,
};
