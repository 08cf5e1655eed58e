import type { Rejection } from './node-filters.ts';

/** pkg/scheduler/framework FitError, with what DynamicResources and DefaultPreemption add to it. */
export function fitError(rejections: readonly Rejection[]): string {
  const nodes = rejections.length;
  const filtered = `0/${nodes} nodes are available:${histogram(rejections.flatMap(({ reasons }) => reasons))}`;
  // All Pods have the same priority here, so preemption never finds a victim.
  const preempted = rejections.map(({ isFinal }) =>
    isFinal ? 'Preemption is not helpful for scheduling' : 'No preemption victims found for incoming pod',
  );
  return `${filtered} no new claims to deallocate, preemption: 0/${nodes} nodes are available:${histogram(preempted)}`;
}

function histogram(reasons: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const parts = [...counts].map(([reason, count]) => `${count} ${reason}`).sort();
  return parts.length > 0 ? ` ${parts.join(', ')}.` : '';
}
