import type { Node } from '@kubedrill/kube-model';
import { ageColumn, column, count, nameColumn, wide } from './table.ts';
import type { TableColumn } from './table.ts';

/** kubernetes/pkg/printers/internalversion/printers.go: nodes, namespaces, and what holds data. */

export const namespaceTable: readonly TableColumn<'Namespace'>[] = [
  nameColumn,
  column('Status', ({ status }) => status.phase ?? ''),
  ageColumn,
];

export const nodeTable: readonly TableColumn<'Node'>[] = [
  nameColumn,
  column('Status', nodeStatus),
  column('Roles', nodeRoles),
  ageColumn,
  column('Version', ({ status }) => status.nodeInfo?.kubeletVersion ?? ''),
  wide('Internal-IP', (node) => addressOf(node, 'InternalIP')),
  wide('External-IP', (node) => addressOf(node, 'ExternalIP')),
  wide('OS-Image', (node) => infoOf(node, 'osImage')),
  wide('Kernel-Version', (node) => {
    const architecture = node.status.nodeInfo?.architecture ?? '';
    return `${infoOf(node, 'kernelVersion')}${architecture === '' ? '' : ` (${architecture})`}`;
  }),
  wide('Container-Runtime', (node) => infoOf(node, 'containerRuntimeVersion')),
];

export const configMapTable: readonly TableColumn<'ConfigMap'>[] = [
  nameColumn,
  count('Data', ({ data = {}, binaryData = {} }) => Object.keys(data).length + Object.keys(binaryData).length),
  ageColumn,
];

export const secretTable: readonly TableColumn<'Secret'>[] = [
  nameColumn,
  column('Type', ({ type }) => type ?? ''),
  count('Data', ({ data = {} }) => Object.keys(data).length),
  ageColumn,
];

export const leaseTable: readonly TableColumn<'Lease'>[] = [
  nameColumn,
  column('Holder', ({ spec }) => spec.holderIdentity ?? ''),
  ageColumn,
];

export const serviceAccountTable: readonly TableColumn<'ServiceAccount'>[] = [nameColumn, ageColumn];

function nodeStatus({ spec, status }: Node): string {
  const ready = status.conditions?.find(({ type }) => type === 'Ready');
  const word = ready === undefined ? 'Unknown' : ready.status === 'True' ? 'Ready' : 'NotReady';
  return spec.unschedulable === true ? `${word},SchedulingDisabled` : word;
}

const rolePrefix = 'node-role.kubernetes.io/';

function nodeRoles({ metadata: { labels = {} } }: Node): string {
  const roles = Object.entries(labels).flatMap(([key, value]) => {
    if (key.startsWith(rolePrefix)) return [key.slice(rolePrefix.length)];
    return key === 'kubernetes.io/role' ? [value] : [];
  });
  const named = [...new Set(roles.filter((role) => role !== ''))].sort();
  return named.length === 0 ? '<none>' : named.join(',');
}

function addressOf({ status }: Node, wanted: 'InternalIP' | 'ExternalIP'): string {
  return status.addresses?.find(({ type }) => type === wanted)?.address ?? '<none>';
}

function infoOf({ status }: Node, field: string): string {
  const text = status.nodeInfo?.[field] ?? '';
  return text === '' ? '<unknown>' : text;
}
