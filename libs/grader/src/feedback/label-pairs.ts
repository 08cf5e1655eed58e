import type { Pod, StringMap } from '@kubedrill/kube-model';

/** The keys of the selector's pairs that the Pod does not carry. */
export function mismatches(selector: StringMap, pod: Pod): readonly string[] {
  const labels = pod.metadata.labels ?? {};
  return Object.keys(selector).filter((key) => !Object.hasOwn(labels, key) || labels[key] !== selector[key]);
}

/** "app=web, tier=front", without the label that the Deployment controller adds. */
export function formatPairs(labels: StringMap): string {
  const pairs = Object.entries(labels).filter(([key]) => key !== 'pod-template-hash');
  return pairs.map(([key, value]) => `${key}=${value}`).join(', ');
}
