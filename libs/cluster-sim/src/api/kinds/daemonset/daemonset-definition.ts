import type { DaemonSet } from '@kubedrill/kube-model';
import { semanticallyEqual } from '../../validation/immutable.ts';
import { specPath } from '../../validation/path.ts';
import type { KindDefinition, Strategy, SubresourceStrategy } from '../kind-definition.ts';
import { withoutDisabledTemplate } from '../pod-template/disabled-fields.ts';
import { podWarnings } from '../pod-template/warnings.ts';
import { defaultDaemonSet } from './daemonset-defaults.ts';
import { validateDaemonSetStatus, validateDaemonSetUpdate, validateNewDaemonSet } from './daemonset-validation.ts';
import { daemonSet as schema } from './schema.ts';
import { templateGeneration, withTemplateGeneration } from './template-generation.ts';

/** registry/apps/daemonset/strategy.go. */
const strategy: Strategy<'DaemonSet'> = {
  allowCreateOnUpdate: false,
  allowUnconditionalUpdate: true,
  prepareForCreate(daemonSet) {
    const created: DaemonSet = {
      ...daemonSet,
      metadata: { ...daemonSet.metadata, generation: 1 },
      spec: withoutDisabledTemplate(daemonSet.spec),
      status: { currentNumberScheduled: 0, numberMisscheduled: 0, desiredNumberScheduled: 0, numberReady: 0 },
    };
    return withTemplateGeneration(created, Math.max(1, templateGeneration(daemonSet)));
  },
  prepareForUpdate(daemonSet, old) {
    const spec = withoutDisabledTemplate(daemonSet.spec);
    const isSame = semanticallyEqual(spec, old.spec);
    const hasNewTemplate = !isSame && !semanticallyEqual(spec.template, old.spec.template);
    const { generation = 0 } = old.metadata;
    const metadata = isSame ? daemonSet.metadata : { ...daemonSet.metadata, generation: generation + 1 };
    return withTemplateGeneration(
      { ...daemonSet, metadata, spec, status: old.status },
      templateGeneration(old) + (hasNewTemplate ? 1 : 0),
    );
  },
  validateCreate: validateNewDaemonSet,
  validateUpdate: validateDaemonSetUpdate,
  warningsOnCreate: templateWarnings,
  warningsOnUpdate: (daemonSet, old) =>
    templateGeneration(daemonSet) === templateGeneration(old) ? [] : templateWarnings(daemonSet),
};

function templateWarnings({ spec: { template } }: DaemonSet): readonly string[] {
  return podWarnings(template.spec, template.metadata?.annotations, specPath.child('template'));
}

const status: SubresourceStrategy<'DaemonSet'> = {
  prepareForUpdate: (daemonSet, old) => ({ ...daemonSet, spec: old.spec }),
  validateUpdate: validateDaemonSetStatus,
};

export const daemonSetDefinition: KindDefinition<'DaemonSet'> = {
  kind: 'DaemonSet',
  schema,
  defaults: defaultDaemonSet,
  strategy,
  status,
};
