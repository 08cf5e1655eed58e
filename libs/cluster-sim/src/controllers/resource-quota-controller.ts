import { kinds, resources, type Kind, type KubeObject, type ResourceQuota } from '@kubedrill/kube-model';
import { amount, concerns, countName, listOf, quantities, sum, usageOf, type Usage } from '../api/quota/usage.ts';
import { semanticallyEqual } from '../api/validation/immutable.ts';
import { noChanges, type Controller } from '../engine/controller.ts';
import type { Instant } from '../engine/time.ts';
import type { ObjectView, WatchEvent } from '../store/object-view.ts';
import { keyOf, splitKey } from './object-key.ts';

const counted: readonly Kind[] = kinds.filter((kind) => resources[kind].namespaced && kind !== 'Event');

const nothing: readonly string[] = [];

/** pkg/controller/resourcequota: counts anew what admission has charged, whenever some of it may have come free. */
export const resourceQuotaController: Controller = {
  name: 'resourcequota',
  watches: counted,
  keysFor(event, view) {
    if (event.object.kind === 'ResourceQuota') return [keyOf(event.object.metadata)];
    if (view.count('ResourceQuota') === 0 || !mayFree(event)) return nothing;
    return view.list('ResourceQuota', event.object.metadata.namespace ?? '').map(({ metadata }) => keyOf(metadata));
  },
  reconcile(view, key, now) {
    const { namespace, name } = splitKey(key);
    const quota = view.get('ResourceQuota', namespace, name);
    if (!quota) return noChanges;
    const status = { hard: quota.spec.hard ?? {}, used: listOf(usedOf(view, quota, now)) };
    if (semanticallyEqual(status, quota.status)) return noChanges;
    return { changes: [{ verb: 'updateStatus', object: { ...quota, status } }] };
  },
};

/** update_filter.go: what goes, Pods that end, and Services that become of another type. */
function mayFree({ type, object, previous }: WatchEvent): boolean {
  if (type !== 'MODIFIED') return type === 'DELETED';
  if (object.kind === 'Service') return true;
  return object.kind === 'Pod' && previous?.kind === 'Pod' && object.status.phase !== previous.status.phase;
}

function usedOf(view: ObjectView, quota: ResourceQuota, now: Instant): Usage {
  const names = Object.keys(quota.spec.hard ?? {});
  const zero: Usage = new Map(names.map((name) => [name, amount(0)]));
  const before = quantities(quota.status.used);
  let used = new Map([...zero].map(([name, none]) => [name, isTracked(name) ? none : (before.get(name) ?? none)]));
  for (const kind of counted) {
    const objects: readonly KubeObject[] = view.list(kind, quota.metadata.namespace ?? '');
    for (const object of objects) {
      if (!concerns(quota, object, names)) continue;
      const usage = [...usageOf(object, now)].filter(([name]) => used.has(name));
      used = sum(used, new Map(usage));
    }
  }
  return used;
}

const countNames: ReadonlySet<string> = new Set(counted.map((kind) => countName({ kind })));

/** Counts of kinds that there are not stay as they were. */
function isTracked(name: string): boolean {
  return !name.startsWith('count/') || countNames.has(name);
}
