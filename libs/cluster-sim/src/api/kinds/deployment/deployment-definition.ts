import type { Deployment } from '@kubedrill/kube-model';
import { semanticallyEqual } from '../../validation/immutable.ts';
import { specPath } from '../../validation/path.ts';
import type { KindDefinition, ScaleAccess, Strategy, SubresourceStrategy } from '../kind-definition.ts';
import { withoutDisabledTemplate } from '../pod-template/disabled-fields.ts';
import { workloadNameWarning } from '../pod-template/replicated-workload.ts';
import { podWarnings } from '../pod-template/warnings.ts';
import { withMembers } from '../pod-template/with-members.ts';
import { defaultDeployment } from './deployment-defaults.ts';
import { validateDeploymentStatus, validateDeploymentUpdate, validateNewDeployment } from './deployment-validation.ts';
import { deployment as schema } from './schema.ts';

/** registry/apps/deployment/strategy.go. */
const strategy: Strategy<'Deployment'> = {
  allowCreateOnUpdate: false,
  allowUnconditionalUpdate: true,
  prepareForCreate(deployment) {
    const metadata = { ...deployment.metadata, generation: 1 };
    return { ...deployment, metadata, spec: withoutDisabledTemplate(deployment.spec), status: {} };
  },
  prepareForUpdate(deployment, old) {
    const changed = { ...deployment, spec: withoutDisabledTemplate(deployment.spec), status: old.status };
    return { ...changed, metadata: withMembers(deployment.metadata, { generation: generationOf(changed, old) }) };
  },
  validateCreate: validateNewDeployment,
  validateUpdate: validateDeploymentUpdate,
  warningsOnCreate: (deployment) => [...workloadNameWarning(deployment.metadata.name), ...templateWarnings(deployment)],
  warningsOnUpdate: (deployment, old) =>
    deployment.metadata.generation === old.metadata.generation ? [] : templateWarnings(deployment),
};

/** Annotations count, as they are copied to the ReplicaSets. */
function generationOf(deployment: Deployment, old: Deployment): number | undefined {
  const { generation = 0, annotations } = old.metadata;
  const unchanged =
    semanticallyEqual(deployment.spec, old.spec) && semanticallyEqual(deployment.metadata.annotations, annotations);
  return unchanged ? old.metadata.generation : generation + 1;
}

function templateWarnings({ spec: { template } }: Deployment): readonly string[] {
  return podWarnings(template.spec, template.metadata?.annotations, specPath.child('template'));
}

const status: SubresourceStrategy<'Deployment'> = {
  prepareForUpdate: (deployment, old) => ({
    ...deployment,
    metadata: withMembers(deployment.metadata, { labels: old.metadata.labels }),
    spec: old.spec,
  }),
  validateUpdate: validateDeploymentStatus,
};

const scale: ScaleAccess<'Deployment'> = {
  replicas: ({ spec }) => spec.replicas,
  statusReplicas: ({ status: { replicas = 0 } }) => replicas,
  selector: ({ spec }) => spec.selector,
  withReplicas: (deployment, replicas) => ({ ...deployment, spec: { ...deployment.spec, replicas } }),
};

export const deploymentDefinition: KindDefinition<'Deployment'> = {
  kind: 'Deployment',
  schema,
  defaults: defaultDeployment,
  strategy,
  status,
  scale,
};
