import type { JsonObject, LabelSelector, StringMap } from '@kubedrill/kube-model';
import { parseQuantity } from '../../../quantity.ts';
import { forbidden, invalid, notSupported, required } from '../../../validation/field-error.ts';
import { goStruct } from '../../../validation/go-quote.ts';
import { labelSelectorRule } from '../../../validation/label-selector.ts';
import { annotations, labels } from '../../../validation/metadata.ts';
import type { Rule } from '../../../validation/rule.ts';
import { field, formatted, given, inOrder, nonEmpty, oneOf, requiredText } from '../../../validation/rule.ts';
import { dns1123Label, dns1123Subdomain } from '../../../validation/text-format.ts';

/** ValidatePersistentVolumeClaimSpec of pkg/apis/core/validation/validation.go. */
export interface ClaimSpec {
  readonly accessModes?: readonly string[];
  readonly selector?: LabelSelector;
  readonly resources?: { readonly requests?: StringMap; readonly limits?: StringMap };
  readonly storageClassName?: string;
  readonly volumeMode?: string;
  readonly dataSource?: DataSource;
  readonly dataSourceRef?: DataSource & { readonly namespace?: string };
  readonly volumeAttributesClassName?: string;
}

interface DataSource {
  readonly apiGroup?: string;
  readonly kind: string;
  readonly name: string;
}

const supportedModes = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'];

/** Of claims and volumes alike. */
export const accessModes: Rule<readonly string[] | undefined> = (modes = [], at, report) => {
  for (const mode of modes) if (!supportedModes.includes(mode)) report.push(notSupported(at, mode, supportedModes));
  const known = new Set(modes.filter((mode) => supportedModes.includes(mode)));
  if (known.has('ReadWriteOncePod') && known.size > 1)
    report.push(forbidden(at, 'may not use ReadWriteOncePod with other access modes'));
};

const anyText: Rule<string> = () => undefined;

const dataSource = inOrder<DataSource>(
  field('name', requiredText(anyText)),
  field('kind', requiredText(anyText)),
  ({ apiGroup = '', kind }, at, report) => {
    if (apiGroup === '' && kind !== 'PersistentVolumeClaim')
      report.push(invalid(at, kind, "must be 'PersistentVolumeClaim' when referencing the default apiGroup"));
    if (apiGroup !== '') formatted(dns1123Subdomain)(apiGroup, at.child('apiGroup'), report);
  },
);

/** The error shows a path, which has no fields that JSON would write. */
const sourcesAgree: Rule<ClaimSpec> = ({ dataSource: source, dataSourceRef: reference }, at, report) => {
  if (!source || !reference) return;
  const isSame =
    source.apiGroup === reference.apiGroup && source.kind === reference.kind && source.name === reference.name;
  if (reference.namespace)
    report.push(invalid(at, goStruct({}), 'may not be specified when dataSourceRef.namespace is specified'));
  else if (!isSame) report.push(invalid(at, goStruct({}), 'must match dataSourceRef'));
};

export const volumeMode: Rule<string | undefined> = given(oneOf(['Block', 'Filesystem']));

export const claimSpec = inOrder<ClaimSpec>(
  field('accessModes', (modes, at, report) => {
    if (!modes || modes.length === 0) report.push(required(at, 'at least 1 access mode is required'));
  }),
  field('selector', labelSelectorRule),
  field('accessModes', accessModes),
  field('resources', (resources, at, report) => {
    const place = at.key('storage');
    const text = resources?.requests?.storage;
    const parsed = text === undefined ? undefined : parseQuantity(text);
    if (!parsed) report.push(required(place));
    else if (parsed.ok && parsed.quantity.nano <= 0n) report.push(invalid(place, text, 'must be greater than zero'));
  }),
  field('storageClassName', nonEmpty(formatted(dns1123Subdomain))),
  field('volumeMode', volumeMode),
  field('dataSource', given(dataSource)),
  field(
    'dataSourceRef',
    given(
      inOrder<NonNullable<ClaimSpec['dataSourceRef']>>(
        dataSource,
        field('namespace', nonEmpty(formatted(dns1123Label))),
      ),
    ),
  ),
  sourcesAgree,
  field('volumeAttributesClassName', nonEmpty(formatted(dns1123Subdomain))),
);

/** A claim that is made for one Pod. */
export interface ClaimTemplate {
  readonly metadata?: JsonObject & { readonly labels?: StringMap; readonly annotations?: StringMap };
  readonly spec: ClaimSpec;
}

/** Fields of metadata in the order of the Go struct. */
const refusedMetadata = [
  'name',
  'generateName',
  'namespace',
  'selfLink',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'ownerReferences',
  'finalizers',
  'managedFields',
] as const;

/** ValidatePersistentVolumeClaimTemplate: of the metadata, labels and annotations alone are taken over. */
export const claimTemplate: Rule<ClaimTemplate> = ({ metadata, spec }, at, report) => {
  const place = at.child('metadata');
  annotations(metadata?.annotations, place.child('annotations'), report);
  labels(metadata?.labels, place.child('labels'), report);
  for (const name of refusedMetadata)
    if (metadata?.[name] !== undefined && metadata[name] !== null)
      report.push(forbidden(place.child(name), 'cannot be set'));
  claimSpec(spec, at.child('spec'), report);
};
