import type { StorageClass, StringMap } from '@kubedrill/kube-model';
import { objectMeta } from '../../schema/object-meta.ts';
import { always, atomic, bool, list, map, named, object, pointer, string } from '../../schema/schema.ts';
import type { FieldError } from '../../validation/field-error.ts';
import { duplicate, invalid, notSupported, required, tooLong } from '../../validation/field-error.ts';
import { goJson } from '../../validation/go-quote.ts';
import { immutable } from '../../validation/immutable.ts';
import { validateMetadata, validateMetadataUpdate } from '../../validation/metadata.ts';
import { root, type Path } from '../../validation/path.ts';
import { formatted } from '../../validation/rule.ts';
import { byteLength, dns1123Subdomain, qualifiedName } from '../../validation/text-format.ts';
import type { KindDefinition } from '../kind-definition.ts';
import { deprecatedLabels } from '../pod-template/scheduling-warnings.ts';

const topologyTerm = atomic(
  object('TopologySelectorTerm', {
    matchLabelExpressions: list(
      object('TopologySelectorLabelRequirement', { key: always(string), values: always(list(string)) }),
    ),
  }),
);

/** storage.k8s.io/v1 StorageClass: pkg/registry/storage/storageclass. */
export const storageClassDefinition: KindDefinition<'StorageClass'> = {
  kind: 'StorageClass',
  schema: object('StorageClass', {
    metadata: objectMeta,
    provisioner: always(string),
    parameters: map(string),
    reclaimPolicy: pointer(named('v1.PersistentVolumeReclaimPolicy', string)),
    mountOptions: list(string),
    allowVolumeExpansion: pointer(bool),
    volumeBindingMode: pointer(named('v1.VolumeBindingMode', string)),
    allowedTopologies: list(topologyTerm),
  }),
  defaults: ({ reclaimPolicy = 'Delete', volumeBindingMode = 'Immediate', ...storageClass }) => ({
    ...storageClass,
    reclaimPolicy,
    volumeBindingMode,
  }),
  strategy: {
    allowCreateOnUpdate: false,
    allowUnconditionalUpdate: true,
    prepareForCreate: (storageClass) => storageClass,
    prepareForUpdate: (storageClass) => storageClass,
    validateCreate: validateStorageClass,
    validateUpdate(storageClass, old) {
      const report = validateStorageClass(storageClass);
      validateMetadataUpdate(storageClass.metadata, old.metadata, report);
      for (const name of ['parameters', 'provisioner', 'reclaimPolicy', 'volumeBindingMode'] as const)
        immutable(storageClass[name], old[name], root.child(name), report);
      return report;
    },
    warningsOnCreate: warningsOf,
    warningsOnUpdate: warningsOf,
  },
};

const policies = ['Delete', 'Recycle', 'Retain'];
const bindingModes = ['Immediate', 'WaitForFirstConsumer'];

/** ValidateStorageClass of pkg/apis/storage/validation. */
function validateStorageClass(storageClass: StorageClass): FieldError[] {
  const report: FieldError[] = [];
  const { metadata, provisioner, parameters, reclaimPolicy, volumeBindingMode } = storageClass;
  validateMetadata(metadata, false, dns1123Subdomain, report);
  const place = root.child('provisioner');
  if (provisioner === '') report.push(required(place));
  else formatted(qualifiedName)(provisioner.toLowerCase(), place, report);
  validateParameters(parameters ?? {}, root.child('parameters'), report);
  if (reclaimPolicy && !policies.includes(reclaimPolicy))
    report.push(notSupported(root.child('reclaimPolicy'), reclaimPolicy, policies));
  if (!volumeBindingMode || !bindingModes.includes(volumeBindingMode))
    report.push(notSupported(root.child('volumeBindingMode'), volumeBindingMode, bindingModes));
  validateTopologies(storageClass, root.child('allowedTopologies'), report);
  return report;
}

const maxParameters = 512;
const maxParameterBytes = 256 * 1024;

function validateParameters(parameters: StringMap, at: Path, report: FieldError[]): void {
  const entries = Object.entries(parameters);
  if (entries.length > maxParameters) {
    report.push(tooLong(at, maxParameters));
    return;
  }
  if (entries.some(([key]) => key === '')) report.push(invalid(at, '', 'field can not be empty.'));
  const bytes = entries.reduce((total, [key, value]) => total + byteLength(key) + byteLength(value), 0);
  if (bytes > maxParameterBytes) report.push(tooLong(at, maxParameterBytes));
}

/** ValidateTopologySelectorTerm of each. Terms that say nothing count as the same as those that have not been there before the first. */
function validateTopologies({ allowedTopologies = [] }: StorageClass, at: Path, report: FieldError[]): void {
  const known: string[] = allowedTopologies.map(() => '{}');
  for (const [index, { matchLabelExpressions = [] }] of allowedTopologies.entries()) {
    const place = at.index(index).child('matchLabelExpressions');
    const values: Record<string, readonly string[]> = {};
    for (const [number, requirement] of matchLabelExpressions.entries()) {
      const own = place.index(number);
      validateRequirement(requirement, own, report);
      if (Object.hasOwn(values, requirement.key)) report.push(duplicate(own.child('key'), requirement.key));
      values[requirement.key] = [...new Set(requirement.values ?? [])].sort();
    }
    const shown = goJson(values);
    for (const other of known) if (shown === other) report.push(duplicate(place, ''));
    known.push(shown);
  }
}

function validateRequirement(
  { key, values }: { readonly key: string; readonly values: readonly string[] | null },
  at: Path,
  report: FieldError[],
): void {
  const place = at.child('values');
  if (!values?.length) report.push(required(place));
  const seen = new Set<string>();
  for (const [index, value] of (values ?? []).entries()) {
    if (seen.has(value)) report.push(duplicate(place.index(index), value));
    seen.add(value);
  }
  formatted(qualifiedName)(key, at.child('key'), report);
}

/** pkg/api/storage/util.go GetWarningsForStorageClass. */
function warningsOf({ allowedTopologies = [] }: StorageClass): readonly string[] {
  return allowedTopologies.flatMap(({ matchLabelExpressions = [] }, index) =>
    matchLabelExpressions.flatMap(({ key }, number) => {
      const message = deprecatedLabels.get(key);
      const place = `allowedTopologies[${index}].matchLabelExpressions[${number}].key`;
      return message === undefined ? [] : [`${place}: ${message}`];
    }),
  );
}
