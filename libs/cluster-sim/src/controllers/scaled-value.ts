import type { IntOrString } from '@kubedrill/kube-model';

/** intstr.GetScaledValueFromIntOrPercent: a number, or that percentage of the total. */
export function scaledValue(value: IntOrString, total: number, round: (value: number) => number): number {
  return typeof value === 'number' ? value : round((Number.parseInt(value, 10) * total) / 100);
}
