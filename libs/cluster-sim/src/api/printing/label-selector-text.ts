import type { LabelSelector, LabelSelectorRequirement } from '@kubedrill/kube-model';

/** metav1.FormatLabelSelector: requirements sorted by key, as labels.Selector prints them. */
export function formatLabelSelector(selector: LabelSelector | undefined): string {
  const { matchLabels = {}, matchExpressions = [] } = selector ?? {};
  const requirements = [
    ...Object.entries(matchLabels).map(([key, value]) => ({ key, text: `${key}=${value}` })),
    ...matchExpressions.map((requirement) => ({ key: requirement.key, text: requirementText(requirement) })),
  ];
  if (requirements.length === 0) return '<none>';
  return requirements
    .sort((left, right) => (left.key < right.key ? -1 : left.key > right.key ? 1 : 0))
    .map(({ text }) => text)
    .join(',');
}

function requirementText({ key, operator, values = [] }: LabelSelectorRequirement): string {
  const listed = [...values].sort().join(',');
  switch (operator) {
    case 'In':
      return `${key} in (${listed})`;
    case 'NotIn':
      return `${key} notin (${listed})`;
    case 'Exists':
      return key;
    case 'DoesNotExist':
      return `!${key}`;
  }
}
