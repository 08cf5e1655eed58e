import type { LabelSelector, StringMap, VolumeClaimTemplate } from '@kubedrill/kube-model';
import { parseQuantity } from '../../quantity.ts';
import { forbidden, invalid, notSupported, required } from '../../validation/field-error.ts';
import { labelSelectorRule } from '../../validation/label-selector.ts';
import type { Rule } from '../../validation/rule.ts';
import { field, formatted, given, inOrder, nonEmpty, oneOf } from '../../validation/rule.ts';
import { dns1123Subdomain } from '../../validation/text-format.ts';

/** ValidatePersistentVolumeClaimSpec of pkg/apis/core/validation/validation.go. */
interface ClaimSpec {
  readonly accessModes?: readonly string[];
  readonly selector?: LabelSelector;
  readonly resources?: { readonly requests?: StringMap };
  readonly storageClassName?: string;
  readonly volumeMode?: string;
}

const supportedModes = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'];

const accessModes: Rule<readonly string[] | undefined> = (modes = [], at, report) => {
  for (const mode of modes) if (!supportedModes.includes(mode)) report.push(notSupported(at, mode, supportedModes));
  const known = new Set(modes.filter((mode) => supportedModes.includes(mode)));
  if (known.has('ReadWriteOncePod') && known.size > 1)
    report.push(forbidden(at, 'may not use ReadWriteOncePod with other access modes'));
};

const claimSpec = inOrder<ClaimSpec>(
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
  field('volumeMode', given(oneOf(['Block', 'Filesystem']))),
);

export const volumeClaim: Rule<VolumeClaimTemplate> = ({ spec }, at, report) => {
  claimSpec(spec, at.child('spec'), report);
};
