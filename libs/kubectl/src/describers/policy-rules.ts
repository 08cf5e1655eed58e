import type { PolicyRule } from '@kubedrill/kube-model';
import { goList } from './sheet.ts';

/** kubectl/pkg/util/rbac BreakdownRule, CompactRules: a rule for each resource or URL, with all its verbs where it can be. */
export function compactRules(rules: readonly PolicyRule[]): readonly PolicyRule[] {
  const simple = new Map<string, PolicyRule>();
  const others: PolicyRule[] = [];
  for (const rule of rules.flatMap(brokenDown)) {
    const { resources = [], verbs } = rule;
    if (resources.length === 0) {
      others.push(rule);
      continue;
    }
    const key = goList([...(rule.apiGroups ?? []), ...resources, ...(rule.resourceNames ?? ['', ''])]);
    const known = simple.get(key)?.verbs ?? [];
    simple.set(key, { ...rule, verbs: [...new Set([...known, ...(verbs ?? [])])] });
  }
  return [...others, ...simple.values()].sort((left, right) => (protoText(left) < protoText(right) ? -1 : 1));
}

function brokenDown({
  apiGroups,
  resources,
  resourceNames,
  nonResourceURLs,
  verbs,
}: PolicyRule): readonly PolicyRule[] {
  const each = verbs ?? [];
  const ofResources = (apiGroups ?? []).flatMap((group) =>
    (resources ?? []).flatMap((resource) =>
      each.flatMap((verb) => {
        const rule = { apiGroups: [group], resources: [resource], verbs: [verb] };
        return resourceNames && resourceNames.length > 0
          ? resourceNames.map((name) => ({ ...rule, resourceNames: [name] }))
          : [rule];
      }),
    ),
  );
  const ofUrls = (nonResourceURLs ?? []).flatMap((url) =>
    each.map((verb) => ({ nonResourceURLs: [url], verbs: [verb] })),
  );
  return [...ofResources, ...ofUrls];
}

/** The generated String(), by which rules are sorted. */
function protoText({ verbs, apiGroups, resources, resourceNames, nonResourceURLs }: PolicyRule): string {
  return `Verbs:${goList(verbs ?? [])},APIGroups:${goList(apiGroups)},Resources:${goList(resources)},ResourceNames:${goList(resourceNames)},NonResourceURLs:${goList(nonResourceURLs)},`;
}
