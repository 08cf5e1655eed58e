import { timeSince } from '@kubedrill/cluster-sim';
import type { Node, Pod, StringMap } from '@kubedrill/kube-model';
import type { Describer, DescriptionContext } from './describer.ts';
import { eventsOf, eventsTable } from './events-table.ts';
import { parsedAmounts, podAmounts, sumOfAmounts, type Amounts } from './pod-amounts.ts';
import { RefusedRead } from './object-reader.ts';
import { longTime, orNone, orUnset, sortedEntries, type Sheet } from './sheet.ts';

/** describeNode. */
export const describeNode: Describer<'Node'> = (sheet, node, context) => {
  const { metadata, spec, status } = node;
  const pods = context.reader.list('Pod', '', {
    fields: `spec.nodeName=${metadata.name},status.phase!=Succeeded,status.phase!=Failed`,
  });
  if (!pods.ok && pods.status.reason !== 'Forbidden') throw new RefusedRead(pods.status);
  sheet.field('Name', metadata.name);
  sheet.field('Roles', orNone(rolesOf(node).join(',')));
  sheet.labels('Labels', metadata.labels);
  sheet.annotations('Annotations', metadata.annotations);
  sheet.field('CreationTimestamp', longTime(metadata.creationTimestamp));
  sheet.taints('Taints', spec.taints);
  sheet.field('Unschedulable', spec.unschedulable ?? false);
  describeLease(sheet, node, context);
  describeConditions(sheet, node);
  sheet.line('Addresses:');
  for (const { type, address } of status.addresses ?? []) sheet.field(type, address, 1);
  describeAmounts(sheet, 'Capacity', status.capacity);
  describeAmounts(sheet, 'Allocatable', status.allocatable);
  describeSystem(sheet, node);
  if (pods.ok) describePods(sheet, node, pods.objects, context);
  else sheet.field('Pods', 'not authorized');
  if (context.showsEvents) eventsTable(sheet, nodeEvents(node, context), context.now);
};

/** describeNodeLease. */
function describeLease(sheet: Sheet, { metadata: { name } }: Node, { reader }: DescriptionContext): void {
  const read = reader.get('Lease', 'kube-node-lease', name);
  if (!read.ok) {
    sheet.field('Lease', `Failed to get lease: ${read.status.message}`);
    return;
  }
  const { holderIdentity, acquireTime, renewTime } = read.object.spec;
  sheet.line('Lease:');
  sheet.field('HolderIdentity', orUnset(holderIdentity), 1);
  sheet.field('AcquireTime', acquireTime === undefined ? '<unset>' : longTime(acquireTime), 1);
  sheet.field('RenewTime', renewTime === undefined ? '<unset>' : longTime(renewTime), 1);
}

const rolePrefix = 'node-role.kubernetes.io/';

/** findNodeRoles. */
function rolesOf({ metadata: { labels = {} } }: Node): readonly string[] {
  const roles = Object.entries(labels).flatMap(([key, value]) => {
    if (key.startsWith(rolePrefix)) return key.length > rolePrefix.length ? [key.slice(rolePrefix.length)] : [];
    return key === 'kubernetes.io/role' && value !== '' ? [value] : [];
  });
  return [...new Set(roles)].sort();
}

/** Controllers name a node by its uid, kubelets by its name. */
function nodeEvents(node: Node, context: DescriptionContext): ReturnType<typeof eventsOf> {
  const { metadata } = node;
  const byName = { kind: 'Node', metadata: { name: metadata.name, uid: metadata.name } };
  return [...eventsOf(node, context), ...eventsOf(byName, context)];
}

function describeConditions(sheet: Sheet, { status: { conditions = [] } }: Node): void {
  if (conditions.length === 0) return;
  sheet.write('Conditions:\n  Type\tStatus\tLastHeartbeatTime\tLastTransitionTime\tReason\tMessage\n');
  sheet.row(['----', '------', '-----------------', '------------------', '------', '-------'], 1);
  for (const { type, status, lastHeartbeatTime, lastTransitionTime, reason = '', message = '' } of conditions)
    sheet.row(
      [
        `${type} `,
        `${status} `,
        `${longTime(lastHeartbeatTime)} `,
        `${longTime(lastTransitionTime)} `,
        `${reason} `,
        message,
      ],
      1,
    );
}

function describeAmounts(sheet: Sheet, title: string, amounts: StringMap | undefined): void {
  const entries = sortedEntries(amounts);
  if (entries.length > 0) sheet.line(`${title}:`);
  for (const [name, amount] of entries) sheet.field(name, amount, 1);
}

const systemFields: readonly (readonly [title: string, field: string])[] = [
  ['Machine ID', 'machineID'],
  ['System UUID', 'systemUUID'],
  ['Boot ID', 'bootID'],
  ['Kernel Version', 'kernelVersion'],
  ['OS Image', 'osImage'],
  ['Operating System', 'operatingSystem'],
  ['Architecture', 'architecture'],
  ['Container Runtime Version', 'containerRuntimeVersion'],
  ['Kubelet Version', 'kubeletVersion'],
];

function describeSystem(sheet: Sheet, { spec, status: { nodeInfo = {} } }: Node): void {
  sheet.line('System Info:');
  for (const [title, field] of systemFields) sheet.field(title, nodeInfo[field] ?? '', 1);
  const { podCIDR = '', podCIDRs = [], providerID = '' } = spec;
  if (podCIDR !== '') sheet.field('PodCIDR', podCIDR);
  if (podCIDRs.length > 0) sheet.field('PodCIDRs', podCIDRs.join(','));
  if (providerID !== '') sheet.field('ProviderID', providerID);
}

/** describeNodeResource. */
function describePods(sheet: Sheet, { status }: Node, pods: readonly Pod[], { now }: DescriptionContext): void {
  const allocatable = parsedAmounts(status.allocatable ?? status.capacity);
  sheet.field('Non-terminated Pods', `(${pods.length} in total)`);
  sheet.row(['Namespace', 'Name', '', 'CPU Requests', 'CPU Limits', 'Memory Requests', 'Memory Limits', 'Age'], 1);
  sheet.row(['---------', '----', '', '------------', '----------', '---------------', '-------------', '---'], 1);
  for (const pod of pods) {
    const { namespace = '', name, creationTimestamp } = pod.metadata;
    const [requests, limits] = [podAmounts(pod, 'requests'), podAmounts(pod, 'limits')];
    const shares = ['cpu', 'memory'].flatMap((resource) => [
      shareText(requests, allocatable, resource),
      shareText(limits, allocatable, resource),
    ]);
    sheet.row([namespace, name, '', ...shares, timeSince(creationTimestamp, now)], 1);
  }
  sheet.write('Allocated resources:\n  (Total limits may be over 100 percent, i.e., overcommitted.)\n');
  sheet.row(['Resource', 'Requests', 'Limits'], 1);
  sheet.row(['--------', '--------', '------'], 1);
  const requests = sumOfAmounts(pods.map((pod) => podAmounts(pod, 'requests')));
  const limits = sumOfAmounts(pods.map((pod) => podAmounts(pod, 'limits')));
  const names = [...allocatable.keys()].sort();
  for (const resource of [...standardResources, ...names.filter((name) => name.startsWith('hugepages-'))])
    sheet.row([resource, shareText(requests, allocatable, resource), shareText(limits, allocatable, resource)], 1);
  for (const resource of names.filter(isExtended))
    sheet.row([resource, textIn(requests, resource), textIn(limits, resource)], 1);
}

const standardResources = ['cpu', 'memory', 'ephemeral-storage'];

function isExtended(name: string): boolean {
  return !standardResources.includes(name) && !name.startsWith('hugepages-') && name !== 'pods';
}

function textIn(amounts: Amounts, resource: string): string {
  return amounts.get(resource)?.text ?? '0';
}

/** "250m (12%)". */
function shareText(amounts: Amounts, allocatable: Amounts, resource: string): string {
  const [amount, whole] = [valueIn(amounts, resource), valueIn(allocatable, resource)];
  const percent = whole === 0 ? 0 : Math.trunc((amount / whole) * 100);
  return `${textIn(amounts, resource)} (${percent}%)`;
}

/** MilliValue of processors, Value of anything else: rounded up. */
function valueIn(amounts: Amounts, resource: string): number {
  const unit = resource === 'cpu' ? 1e6 : 1e9;
  return Math.ceil(Number(amounts.get(resource)?.nano ?? 0n) / unit);
}
