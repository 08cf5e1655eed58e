import type { Node, Taint } from '@kubedrill/kube-model';
import { formatTime, type Duration, type Instant } from '../../engine/time.ts';
import type { ObjectView } from '../../store/object-view.ts';

const notReady = 'node.kubernetes.io/not-ready';
const unreachable = 'node.kubernetes.io/unreachable';
const unschedulable = 'node.kubernetes.io/unschedulable';
const healthKeys: ReadonlySet<string> = new Set([notReady, unreachable]);

/** nodeConditionToTaintKeyStatusMap, besides Ready. */
const pressures: ReadonlyMap<string, string> = new Map([
  ['MemoryPressure', 'node.kubernetes.io/memory-pressure'],
  ['DiskPressure', 'node.kubernetes.io/disk-pressure'],
  ['NetworkUnavailable', 'node.kubernetes.io/network-unavailable'],
  ['PIDPressure', 'node.kubernetes.io/pid-pressure'],
]);
const scheduleKeys: ReadonlySet<string> = new Set([...healthKeys, unschedulable, ...pressures.values()]);

/** --node-eviction-rate and --secondary-node-eviction-rate, as the pause between two nodes; --unhealthy-zone-threshold. */
const usualPause: Duration = 10_000;
const reducedPause: Duration = 100_000;
const unhealthyShare = 0.55;
const largeZone = 50;

export interface TaintPlan {
  readonly taints: readonly Taint[];
  /** When a NoExecute taint that has to wait for its turn may be set. */
  readonly later: Instant | undefined;
}

export function readiness({ status }: Node): string | undefined {
  return status.conditions?.find(({ type }) => type === 'Ready')?.status;
}

function healthKey(node: Node): string | undefined {
  const ready = readiness(node);
  return ready === 'False' ? notReady : ready === 'Unknown' ? unreachable : undefined;
}

/** The taints that the node should have. Somebody else's stay; those of a condition come and go with it. */
export function plannedTaints(node: Node, view: ObjectView, now: Instant): TaintPlan {
  const present = node.spec.taints ?? [];
  const wanted: Taint[] = noScheduleKeys(node).map((key) => ({ key, effect: 'NoSchedule' }));
  const key = healthKey(node);
  const at = key === undefined ? undefined : evictableFrom(node, view);
  const isTainted = present.some((taint) => healthKeys.has(taint.key) && taint.effect === 'NoExecute');
  if (key !== undefined && at !== undefined && (isTainted || at <= now)) wanted.push({ key, effect: 'NoExecute' });
  const kept = present.filter((taint) => !isOwn(taint) || wanted.some((other) => isSame(taint, other)));
  const added = wanted.filter((taint) => !present.some((other) => isSame(taint, other)));
  const taints = [...kept, ...added.map((taint) => ({ ...taint, timeAdded: formatTime(now) }))];
  return { taints, later: !isTainted && at !== undefined && at > now ? at : undefined };
}

/** doNoScheduleTaintingPass. */
function noScheduleKeys(node: Node): readonly string[] {
  const keys: string[] = [];
  const key = healthKey(node);
  if (key !== undefined) keys.push(key);
  for (const { type, status } of node.status.conditions ?? []) {
    const pressure = status === 'True' ? pressures.get(type) : undefined;
    if (pressure !== undefined) keys.push(pressure);
  }
  if (node.spec.unschedulable) keys.push(unschedulable);
  return keys;
}

function isOwn({ key, effect }: Taint): boolean {
  return effect === 'NoExecute' ? healthKeys.has(key) : effect === 'NoSchedule' && scheduleKeys.has(key);
}

function isSame(left: Taint, right: Taint): boolean {
  return left.key === right.key && left.effect === right.effect;
}

/**
 * From when on the Pods of a node that is not ready may be evicted; undefined: not at all. handleDisruption: never while no node of
 * the cluster is ready, else one node of a zone after the other, slower or not at all where most of the zone is gone.
 */
function evictableFrom(node: Node, view: ObjectView): Instant | undefined {
  const nodes = view.list('Node', '').filter(countsForDisruption);
  if (nodes.length > 0 && nodes.every((other) => readiness(other) !== 'True')) return undefined;
  const zone = nodes.filter((other) => zoneOf(other) === zoneOf(node));
  const pause = pauseIn(zone);
  if (pause === undefined) return undefined;
  let last = -Infinity;
  for (const other of zone)
    for (const { key, effect, timeAdded } of other.spec.taints ?? [])
      if (other !== node && healthKeys.has(key) && effect === 'NoExecute')
        last = Math.max(last, Date.parse(timeAdded ?? ''));
  return last + pause;
}

function pauseIn(zone: readonly Node[]): Duration | undefined {
  const unready = zone.filter((node) => readiness(node) !== 'True').length;
  const isPartial = unready < zone.length && unready > 2 && unready / zone.length >= unhealthyShare;
  if (!isPartial) return usualPause;
  return zone.length > largeZone ? reducedPause : undefined;
}

function countsForDisruption({ metadata }: Node): boolean {
  return metadata.labels?.['node.kubernetes.io/exclude-disruption'] === undefined;
}

/** component-helpers/node/topology GetZoneKey. */
function zoneOf({ metadata: { labels = {} } }: Node): string {
  return `${labels['topology.kubernetes.io/region'] ?? ''}:${labels['topology.kubernetes.io/zone'] ?? ''}`;
}
