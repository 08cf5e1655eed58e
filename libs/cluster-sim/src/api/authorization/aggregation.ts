import type { ClusterRole, PolicyRule } from '@kubedrill/kube-model';
import { matcherOf } from '../../controllers/label-selector.ts';
import { semanticallyEqual } from '../validation/immutable.ts';

/** pkg/controller/clusterroleaggregation: the rules of all roles that the selectors select, each rule once. */
export function aggregatedRules(role: ClusterRole, all: readonly ClusterRole[]): readonly PolicyRule[] {
  const sorted = all.toSorted((left, right) => (left.metadata.name < right.metadata.name ? -1 : 1));
  const rules: PolicyRule[] = [];
  for (const selector of role.aggregationRule?.clusterRoleSelectors ?? []) {
    const matches = matcherOf(selector);
    for (const { metadata, rules: own } of sorted) {
      if (metadata.name === role.metadata.name || !matches(metadata.labels)) continue;
      for (const rule of own ?? []) if (!rules.some((known) => semanticallyEqual(known, rule))) rules.push(rule);
    }
  }
  return rules;
}
