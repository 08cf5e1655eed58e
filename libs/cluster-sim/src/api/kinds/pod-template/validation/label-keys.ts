import type { LabelSelector } from '@kubedrill/kube-model';
import type { FieldError } from '../../../validation/field-error.ts';
import { forbidden, invalid } from '../../../validation/field-error.ts';
import type { Path } from '../../../validation/path.ts';
import type { Rule } from '../../../validation/rule.ts';
import { each, formatted } from '../../../validation/rule.ts';
import { qualifiedName } from '../../../validation/text-format.ts';

interface KeyedSelector {
  readonly labelSelector?: LabelSelector;
  readonly matchLabelKeys?: readonly string[];
  readonly mismatchLabelKeys?: readonly string[];
}

/** ValidateMatchLabelKeysAndMismatchLabelKeys: keys whose values are taken from the pod itself. */
export const labelKeys: Rule<KeyedSelector> = (
  { labelSelector, matchLabelKeys = [], mismatchLabelKeys = [] },
  at,
  report,
) => {
  keyList(matchLabelKeys, labelSelector, at.child('matchLabelKeys'), report);
  keyList(mismatchLabelKeys, labelSelector, at.child('mismatchLabelKeys'), report);
  const selected = new Set(Object.keys(labelSelector?.matchLabels ?? {}));
  for (const { key } of labelSelector?.matchExpressions ?? []) {
    const index = matchLabelKeys.lastIndexOf(key);
    if (index >= 0 && selected.has(key))
      report.push(invalid(at.index(index), key, 'exists in both matchLabelKeys and labelSelector'));
    selected.add(key);
  }
  for (const [index, key] of matchLabelKeys.entries()) {
    if (mismatchLabelKeys.includes(key)) {
      report.push(
        invalid(at.child('matchLabelKeys').index(index), key, 'exists in both matchLabelKeys and mismatchLabelKeys'),
      );
    }
  }
};

function keyList(keys: readonly string[], selector: LabelSelector | undefined, at: Path, report: FieldError[]): void {
  if (keys.length === 0) return;
  if (selector) each(formatted(qualifiedName))(keys, at, report);
  else report.push(forbidden(at, 'must not be specified when labelSelector is not set'));
}
