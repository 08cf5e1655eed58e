import type { IntOrString } from '@kubedrill/kube-model';
import { invalid } from './field-error.ts';
import type { Rule } from './rule.ts';
import { formatted, nonNegative } from './rule.ts';
import { percentFormat } from './text-format.ts';

/** Numbers or percentages of rolling updates: ValidatePositiveIntOrPercent and its neighbours in pkg/apis/apps/validation. */
export const numberOrPercent: Rule<IntOrString> = (value, at, report) => {
  if (typeof value === 'string') formatted(percentFormat)(value, at, report);
  else nonNegative(value, at, report);
};

/** IsNotMoreThan100Percent. */
export const atMostAll: Rule<IntOrString> = (value, at, report) => {
  if (typeof value === 'string' && percentFormat(value).length === 0 && amountOf(value) > 100)
    report.push(invalid(at, value, 'must not be greater than 100%'));
};

/** getIntOrPercentValue: texts that are no percentage count as zero. */
export function amountOf(value: IntOrString): number {
  if (typeof value === 'number') return value;
  return percentFormat(value).length === 0 ? Number(value.slice(0, -1)) : Number.parseInt(value, 10) || 0;
}
