import type { FieldError } from '../../validation/field-error.ts';
import { invalid } from '../../validation/field-error.ts';
import { statusPath } from '../../validation/path.ts';
import { given, nonNegative } from '../../validation/rule.ts';

/** What the status of workloads counts: pkg/apis/apps/validation/validation.go. */

type Counts<Name extends string> = Readonly<Partial<Record<Name, number>>>;

export function countsFromZero<Name extends string>(
  status: Counts<Name>,
  names: readonly Name[],
  report: FieldError[],
): void {
  for (const name of names) given(nonNegative)(status[name], statusPath.child(name), report);
}

/** No part is more than the whole, and what is available is ready. `ready`: how that kind calls the ready ones. */
export function partsOfReplicas<Name extends string>(
  status: Counts<Name | 'replicas' | 'readyReplicas' | 'availableReplicas'>,
  parts: readonly Name[],
  ready: 'readyReplicas' | 'status.readyReplicas',
  report: FieldError[],
): void {
  const { replicas = 0, readyReplicas = 0, availableReplicas = 0 } = status;
  for (const name of parts) {
    const count = status[name] ?? 0;
    if (count > replicas) report.push(invalid(statusPath.child(name), count, 'cannot be greater than status.replicas'));
  }
  if (availableReplicas > readyReplicas)
    report.push(invalid(statusPath.child('availableReplicas'), availableReplicas, `cannot be greater than ${ready}`));
}

/** IsDecremented. */
export function collisionsOnlyGrow(
  { collisionCount: now }: Counts<'collisionCount'>,
  { collisionCount: before }: Counts<'collisionCount'>,
  report: FieldError[],
): void {
  if (before !== undefined && (now ?? -1) < before)
    report.push(invalid(statusPath.child('collisionCount'), now ?? 0, 'cannot be decremented'));
}
