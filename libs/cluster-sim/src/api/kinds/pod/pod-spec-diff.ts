import type { PodSpec } from '@kubedrill/kube-model';
export function podSpecDiff(_old: PodSpec, _changed: PodSpec): string {
  return '';
}
