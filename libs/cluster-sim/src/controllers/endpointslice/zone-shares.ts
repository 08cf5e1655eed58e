import type { Node } from '@kubedrill/kube-model';
import { parseQuantity } from '../../api/quantity.ts';
import { labelOf } from '../label-selector.ts';

/** The part of the nodes' CPU that each zone has; all parts together are 1. */
export type ZoneShares = ReadonlyMap<string, number>;

const zoneLabel = 'topology.kubernetes.io/zone';
const controlPlaneLabels = ['node-role.kubernetes.io/control-plane', 'node-role.kubernetes.io/master'];

export function zoneOf(node: Node | undefined): string | undefined {
  return labelOf(node?.metadata.labels, zoneLabel);
}

/** staging/src/k8s.io/endpointslice/topologycache/topologycache.go SetNodes; undefined where not every node tells, or all are in one zone. */
export function zoneShares(nodes: readonly Node[]): ZoneShares | undefined {
  const cpuOf = new Map<string, number>();
  let total = 0;
  for (const node of nodes) {
    if (isControlPlane(node) || !isNodeReady(node)) continue;
    const zone = zoneOf(node);
    const cpu = milliCpuOf(node);
    if (!zone || cpu === 0) return undefined;
    cpuOf.set(zone, (cpuOf.get(zone) ?? 0) + cpu);
    total += cpu;
  }
  return cpuOf.size < 2 ? undefined : new Map([...cpuOf].map(([zone, cpu]) => [zone, cpu / total]));
}

/** updateNode in pkg/controller/endpointslice: a change of anything else, be it of the CPU, is not looked at. */
export function concernsZones(before: Node, after: Node): boolean {
  return isNodeReady(before) !== isNodeReady(after) || (zoneOf(before) ?? '') !== (zoneOf(after) ?? '');
}

function isControlPlane({ metadata }: Node): boolean {
  return controlPlaneLabels.some((label) => labelOf(metadata.labels, label) !== undefined);
}

function isNodeReady({ status }: Node): boolean {
  return status.conditions?.find(({ type }) => type === 'Ready')?.status === 'True';
}

function milliCpuOf({ status }: Node): number {
  const parsed = parseQuantity(labelOf(status.allocatable, 'cpu') ?? '0');
  return parsed.ok ? Number(parsed.quantity.nano) / 1e6 : 0;
}
