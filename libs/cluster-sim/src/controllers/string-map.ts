import type { StringMap } from '@kubedrill/kube-model';

/** The labels or annotations but those; undefined counts as none. */
export function without(map: StringMap | undefined, keys: readonly string[]): StringMap {
  if (!map) return {};
  return Object.fromEntries(Object.entries(map).filter(([key]) => !keys.includes(key)));
}

/** As metadata has it: absent when empty. */
export function orAbsent(map: StringMap): StringMap | undefined {
  return Object.keys(map).length > 0 ? map : undefined;
}
