import type { Kind } from '@kubedrill/kube-model';
import { FieldSet } from './field-set.ts';
import { field, type Path } from './path-element.ts';

/** Which part of an object a request writes; undefined: all but the status. */
export type WrittenPart = 'status' | 'finalize' | 'ephemeralcontainers' | 'resize' | undefined;

const path = (...names: readonly string[]): Path => names.map(field);

const status = FieldSet.of([path('status')]);
const spec = FieldSet.of([path('spec')]);

const ofStatus: Partial<Record<Kind, FieldSet>> = {
  Deployment: FieldSet.of([path('spec'), path('metadata', 'labels')]),
  Pod: FieldSet.of([path('spec'), path('metadata', 'deletionTimestamp'), path('metadata', 'ownerReferences')]),
};

/**
 * What a request cannot write, though its body may have it: GetResetFields of pkg/registry/<group>/<kind>/strategy.go. Only kinds with
 * a status have any.
 */
export function resetFieldsOf(kind: Kind, hasStatus: boolean, part: WrittenPart): FieldSet {
  if (!hasStatus) return FieldSet.empty;
  return part === 'status' ? (ofStatus[kind] ?? spec) : status;
}
