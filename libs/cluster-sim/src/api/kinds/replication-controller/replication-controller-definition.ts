import type { JsonObject, ReplicationController } from '@kubedrill/kube-model';
import { semanticallyEqual } from '../../validation/immutable.ts';
import { specPath } from '../../validation/path.ts';
import type { KindDefinition, ScaleAccess, Strategy, SubresourceStrategy } from '../kind-definition.ts';
import { absent, all, inMember } from '../pod-template/defaults/defaulter.ts';
import { defaultPodTemplate } from '../pod-template/defaults/pod-spec-defaults.ts';
import { withoutDisabledTemplate } from '../pod-template/disabled-fields.ts';
import { workloadNameWarning } from '../pod-template/replicated-workload.ts';
import { podWarnings } from '../pod-template/warnings.ts';
import { withMembers } from '../pod-template/with-members.ts';
import {
  validateNewReplicationController,
  validateReplicationControllerStatus,
  validateReplicationControllerUpdate,
} from './replication-controller-validation.ts';
import { replicationController as schema } from './schema.ts';

const defaultSpec = inMember('spec', all(absent({ replicas: 1 }), defaultPodTemplate));

/** SetDefaults_ReplicationController of pkg/apis/core/v1/defaults.go: the template's labels select, and are the controller's own. */
function withDefaults(sent: ReplicationController): ReplicationController {
  const controller = defaultSpec(sent as unknown as JsonObject) as unknown as ReplicationController;
  const { metadata, spec } = controller;
  const labels = templateOf(spec)?.metadata?.labels;
  if (!labels) return controller;
  const labelled = isEmpty(metadata.labels) ? { ...metadata, labels } : metadata;
  const selecting = isEmpty(spec.selector) ? { ...spec, selector: labels } : spec;
  if (labelled === metadata && selecting === spec) return controller;
  return { ...controller, metadata: labelled, spec: selecting };
}

function isEmpty(pairs: ReplicationController['metadata']['labels']): boolean {
  return pairs === undefined || Object.keys(pairs).length === 0;
}

type Spec = ReplicationController['spec'];

/** What has not been found valid may lack it. */
function templateOf({ template }: Partial<Spec>): Spec['template'] | undefined {
  return template;
}

function withEnabledFields(spec: Spec): Spec {
  return templateOf(spec) ? withoutDisabledTemplate(spec) : spec;
}

/** registry/core/replicationcontroller/strategy.go. */
const strategy: Strategy<'ReplicationController'> = {
  allowCreateOnUpdate: false,
  allowUnconditionalUpdate: true,
  prepareForCreate(controller) {
    const metadata = { ...controller.metadata, generation: 1 };
    return { ...controller, metadata, spec: withEnabledFields(controller.spec), status: { replicas: 0 } };
  },
  prepareForUpdate(controller, old) {
    const changed = { ...controller, spec: withEnabledFields(controller.spec), status: old.status };
    return { ...changed, metadata: withMembers(controller.metadata, { generation: generationOf(changed, old) }) };
  },
  validateCreate: validateNewReplicationController,
  validateUpdate: validateReplicationControllerUpdate,
  warningsOnCreate: (controller) => [...workloadNameWarning(controller.metadata.name), ...templateWarnings(controller)],
  // The source hands over the two templates in this order: what is warned of is the former one.
  warningsOnUpdate: (controller, old) =>
    controller.metadata.generation === old.metadata.generation ? [] : templateWarnings(old),
};

function generationOf({ spec }: ReplicationController, old: ReplicationController): number | undefined {
  const { generation } = old.metadata;
  return semanticallyEqual(spec, old.spec) ? generation : (generation ?? 0) + 1;
}

function templateWarnings({ spec }: ReplicationController): readonly string[] {
  const template = templateOf(spec);
  return template ? podWarnings(template.spec, template.metadata?.annotations, specPath.child('template')) : [];
}

const status: SubresourceStrategy<'ReplicationController'> = {
  prepareForUpdate: (controller, old) => ({ ...controller, spec: old.spec }),
  validateUpdate: validateReplicationControllerStatus,
};

const scale: ScaleAccess<'ReplicationController'> = {
  replicas: ({ spec }) => spec.replicas,
  statusReplicas: (controller) => controller.status.replicas,
  selector: ({ spec }) => ({ matchLabels: spec.selector }),
  withReplicas: (controller, replicas) => ({ ...controller, spec: { ...controller.spec, replicas } }),
};

export const replicationControllerDefinition: KindDefinition<'ReplicationController'> = {
  kind: 'ReplicationController',
  schema,
  defaults: withDefaults,
  strategy,
  status,
  scale,
  selectableFields: { 'status.replicas': (controller) => String(controller.status.replicas) },
  deletion: { orphansByDefault: true },
};
