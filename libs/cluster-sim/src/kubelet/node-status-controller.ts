import { noChanges, type Controller } from '../engine/controller.ts';
import { formatTime, type Duration } from '../engine/time.ts';
import type { Machines } from './machines.ts';
import { isAsPosted, postedConditions } from './node-conditions.ts';

/** nodeStatusUpdateFrequency: so often a kubelet compares what is stored with what it finds. */
const period: Duration = 10_000;

/**
 * The kubelets' other task: to report on their node. Heartbeats that would say the same again are not written; what somebody else
 * has written into the kubelet's conditions is put right.
 */
export function nodeStatusController(machines: Machines): Controller {
  return {
    name: 'node-status',
    watches: ['Node'],
    keysFor: ({ type, object }) => (type === 'DELETED' ? [] : [object.metadata.name]),
    reconcile(view, name, now) {
      const node = view.get('Node', '', name);
      const { conditions = [] } = node?.status ?? {};
      if (!node || !machines.has(name) || !machines.isOn(name) || isAsPosted(conditions)) return noChanges;
      // A kubelet that starts reports at once.
      const isBack = conditions.some(({ type, status }) => type === 'Ready' && status === 'Unknown');
      if (!isBack && now % period !== 0) return { changes: [], wakeAt: (Math.floor(now / period) + 1) * period };
      const status = { ...node.status, conditions: postedConditions(conditions, formatTime(now)) };
      return { changes: [{ verb: 'updateStatus', object: { ...node, status } }] };
    },
  };
}
