import type { RoleRef, Subject } from '@kubedrill/kube-model';
import { ageColumn, column, creationColumn, nameColumn, wide } from './table.ts';
import type { TableColumn } from './table.ts';

/** kubernetes/pkg/printers/internalversion/printers.go: roles and bindings. */

export const roleTable: readonly TableColumn<'Role'>[] = [nameColumn, creationColumn];
export const clusterRoleTable: readonly TableColumn<'ClusterRole'>[] = [nameColumn, creationColumn];

function roleText({ kind, name }: RoleRef): string {
  return `${kind}/${name}`;
}

function namesOf(subjects: readonly Subject[] | undefined, kind: string): string {
  const chosen = (subjects ?? []).filter((subject) => subject.kind === kind);
  return chosen
    .map(({ namespace, name }) => (kind === 'ServiceAccount' ? `${namespace ?? ''}/${name}` : name))
    .join(', ');
}

export const roleBindingTable: readonly TableColumn<'RoleBinding'>[] = [
  nameColumn,
  column('Role', ({ roleRef }) => roleText(roleRef)),
  ageColumn,
  wide('Users', ({ subjects }) => namesOf(subjects, 'User')),
  wide('Groups', ({ subjects }) => namesOf(subjects, 'Group')),
  wide('ServiceAccounts', ({ subjects }) => namesOf(subjects, 'ServiceAccount')),
];

export const clusterRoleBindingTable: readonly TableColumn<'ClusterRoleBinding'>[] = [
  nameColumn,
  column('Role', ({ roleRef }) => roleText(roleRef)),
  ageColumn,
  wide('Users', ({ subjects }) => namesOf(subjects, 'User')),
  wide('Groups', ({ subjects }) => namesOf(subjects, 'Group')),
  wide('ServiceAccounts', ({ subjects }) => namesOf(subjects, 'ServiceAccount')),
];
