import type { ObjectMeta } from '@kubedrill/kube-model';

/** What a refusal calls an object, which may have no name yet: apiserver/pkg/admission/errors.go extractResourceName. */
export function admittedName({ name, generateName }: Partial<ObjectMeta>): string {
  return name || generateName || 'Unknown';
}
