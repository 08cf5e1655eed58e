import type { LabelSelector, LabelSelectorRequirement, StringMap } from '@kubedrill/kube-model';

/** metav1.LabelSelectorAsSelector: no selector selects nothing, an empty one everything. */
export function selects(selector: LabelSelector | undefined, labels: StringMap): boolean {
  if (!selector) return false;
  const { matchLabels = {}, matchExpressions = [] } = selector;
  return (
    Object.keys(matchLabels).every((key) => labelOf(labels, key) === matchLabels[key]) &&
    matchExpressions.every((requirement) => satisfies(requirement, labelOf(labels, requirement.key)))
  );
}

function satisfies({ operator, values = [] }: LabelSelectorRequirement, label: string | undefined): boolean {
  switch (operator) {
    case 'In':
      return label !== undefined && values.includes(label);
    case 'NotIn':
      return label === undefined || !values.includes(label);
    case 'Exists':
      return label !== undefined;
    case 'DoesNotExist':
      return label === undefined;
  }
}

function labelOf(labels: StringMap, key: string): string | undefined {
  return Object.hasOwn(labels, key) ? labels[key] : undefined;
}
