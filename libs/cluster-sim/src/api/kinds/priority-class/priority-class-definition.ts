import type { PriorityClass } from '@kubedrill/kube-model';
import { resources } from '@kubedrill/kube-model';
import type { ObjectView } from '../../../store/object-view.ts';
import { done, refused } from '../../outcome.ts';
import type { ApiStatus } from '../../request.ts';
import { objectMeta } from '../../schema/object-meta.ts';
import { always, bool, int32, named, object, pointer, string } from '../../schema/schema.ts';
import { forbidden as forbiddenStatus } from '../../status.ts';
import type { FieldError } from '../../validation/field-error.ts';
import { forbidden, notSupported } from '../../validation/field-error.ts';
import { immutable } from '../../validation/immutable.ts';
import { validateMetadata, validateMetadataUpdate } from '../../validation/metadata.ts';
import { metadataPath, root } from '../../validation/path.ts';
import { dns1123Subdomain } from '../../validation/text-format.ts';
import type { KindDefinition } from '../kind-definition.ts';
import { systemPriorityClasses } from './system-priority-classes.ts';

/** scheduling.k8s.io/v1 PriorityClass: pkg/registry/scheduling/priorityclass. */
export const priorityClassDefinition: KindDefinition<'PriorityClass'> = {
  kind: 'PriorityClass',
  schema: object('PriorityClass', {
    metadata: objectMeta,
    value: always(int32),
    globalDefault: bool,
    description: string,
    preemptionPolicy: pointer(named('v1.PreemptionPolicy', string)),
  }),
  defaults: (priority) =>
    priority.preemptionPolicy === undefined ? { ...priority, preemptionPolicy: 'PreemptLowerPriority' } : priority,
  admitCreate: (priority, { view }) => {
    const refusal = secondDefault(view, priority);
    return refusal ? refused(refusal) : done(priority);
  },
  strategy: {
    allowCreateOnUpdate: false,
    allowUnconditionalUpdate: true,
    prepareForCreate: (priority) => ({ ...priority, metadata: { ...priority.metadata, generation: 1 } }),
    prepareForUpdate: (priority) => priority,
    validateCreate: validatePriorityClass,
    validateUpdate(priority, old) {
      const report: FieldError[] = [];
      validateMetadataUpdate(priority.metadata, old.metadata, report);
      if (priority.value !== old.value) report.push(forbidden(root.child('value'), 'may not be changed in an update.'));
      immutable(priority.preemptionPolicy, old.preemptionPolicy, root.child('preemptionPolicy'), report);
      return report;
    },
  },
};

const highest = 1_000_000_000;
const policies = ['Never', 'PreemptLowerPriority'];

/** ValidatePriorityClass of pkg/apis/scheduling/validation. */
function validatePriorityClass({ metadata, value, globalDefault, preemptionPolicy }: PriorityClass): FieldError[] {
  const report: FieldError[] = [];
  validateMetadata(metadata, false, dns1123Subdomain, report);
  if (metadata.name?.startsWith('system-')) {
    const problem = notOfTheSystem(metadata.name, value, globalDefault === true);
    const reserved = "priority class names with 'system-' prefix are reserved for system use only.";
    if (problem !== undefined) report.push(forbidden(metadataPath.child('name'), `${reserved} error: ${problem}`));
  } else if (value > highest)
    report.push(forbidden(root.child('value'), `maximum allowed value of a user defined priority is ${highest}`));
  if (preemptionPolicy !== undefined && !policies.includes(preemptionPolicy))
    report.push(notSupported(root.child('preemptionPolicy'), preemptionPolicy, policies));
  return report;
}

/** IsKnownSystemPriorityClass. */
function notOfTheSystem(name: string, value: number, globalDefault: boolean): string | undefined {
  const known = systemPriorityClasses.find((candidate) => candidate.metadata.name === name);
  if (!known) return `${name} is not a known system priority class`;
  if (known.value !== value) return `value of ${name} PriorityClass must be ${known.value}`;
  return globalDefault ? `globalDefault of ${name} PriorityClass must be false` : undefined;
}

/** plugin/pkg/admission/priority validatePriorityClass. */
function secondDefault(view: ObjectView, { metadata, globalDefault }: PriorityClass): ApiStatus | undefined {
  const other = globalDefault === true ? globalDefaultClass(view) : undefined;
  if (!other || other.metadata.name === metadata.name) return undefined;
  const why = `PriorityClass ${other.metadata.name} is already marked as default. Only one default can exist`;
  return forbiddenStatus(resources.PriorityClass, metadata.name, why);
}

/** getDefaultPriorityClass: the least, should there be several. */
export function globalDefaultClass(view: ObjectView): PriorityClass | undefined {
  const defaults = view.list('PriorityClass').filter(({ globalDefault }) => globalDefault === true);
  return defaults.toSorted((left, right) => left.value - right.value)[0];
}
