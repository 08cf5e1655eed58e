import type { ClusterRole, ClusterRoleBinding, PolicyRule, Role, RoleBinding } from '@kubedrill/kube-model';
import { compactRules } from './policy-rules.ts';
import { goList, type Sheet } from './sheet.ts';

/** RoleDescriber, ClusterRoleDescriber. */
export function describeRole(sheet: Sheet, { metadata, rules }: Role | ClusterRole): void {
  sheet.field('Name', metadata.name);
  sheet.labels('Labels', metadata.labels);
  sheet.annotations('Annotations', metadata.annotations);
  sheet.line('PolicyRule:');
  sheet.row(['Resources', 'Non-Resource URLs', 'Resource Names', 'Verbs'], 1);
  sheet.row(['---------', '-----------------', '--------------', '-----'], 1);
  for (const rule of compactRules(rules ?? []))
    sheet.row(
      [ruledResource(rule), goList(rule.nonResourceURLs), goList(rule.resourceNames), goList(rule.verbs ?? [])],
      1,
    );
}

/** CombineResourceGroup. */
function ruledResource({ resources = [], apiGroups = [] }: PolicyRule): string {
  const [resource] = resources;
  if (resource === undefined) return '';
  const slash = resource.indexOf('/');
  const [name, below] = slash < 0 ? [resource, ''] : [resource.slice(0, slash), resource.slice(slash)];
  const [group = ''] = apiGroups;
  return `${name}${group === '' ? '' : `.${group}`}${below}`;
}

/** RoleBindingDescriber, ClusterRoleBindingDescriber. */
export function describeRoleBinding(sheet: Sheet, binding: RoleBinding | ClusterRoleBinding): void {
  const { metadata, roleRef, subjects = [] } = binding;
  sheet.field('Name', metadata.name);
  sheet.labels('Labels', metadata.labels);
  sheet.annotations('Annotations', metadata.annotations);
  sheet.line('Role:');
  sheet.field('Kind', roleRef.kind, 1);
  sheet.field('Name', roleRef.name, 1);
  sheet.line('Subjects:');
  sheet.row(['Kind', 'Name', 'Namespace'], 1);
  sheet.row(['----', '----', '---------'], 1);
  for (const { kind, name, namespace = '' } of subjects) sheet.row([kind, name, namespace], 1);
}
