import type { Rejection } from './node-filters.ts';
import type { Preemption } from './preemption.ts';

/** pkg/scheduler/framework FitError, with what DynamicResources and DefaultPreemption add to it. */
export function fitError(rejections: readonly Rejection[], preemption: Preemption, refusal?: string): string {
  // What PreFilter refuses is said once, not for each node.
  const filtered = refusal === undefined ? available(rejections) : `${counted(rejections)} ${refusal}.`;
  switch (preemption.kind) {
    case 'victims':
      return filtered;
    case 'notEligible':
      return `${filtered} no new claims to deallocate, preemption: ${preemption.why}`;
    case 'useless':
      return `${filtered} no new claims to deallocate, preemption: ${available(preemption.rejections)}`;
  }
}

function available(rejections: readonly Rejection[]): string {
  return `${counted(rejections)}${histogram(rejections.flatMap(({ reasons }) => reasons))}`;
}

function counted({ length }: readonly Rejection[]): string {
  return `0/${length} nodes are available:`;
}

function histogram(reasons: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const parts = [...counts].map(([reason, count]) => `${count} ${reason}`).sort();
  return parts.length > 0 ? ` ${parts.join(', ')}.` : '';
}
