import type { ServiceCIDR, ServiceCIDRCondition } from '@kubedrill/kube-model';
import { defaultServiceCIDR, serviceCIDR } from '../../api/bootstrap.ts';
import { noChanges, type Controller, type Reconciliation } from '../../engine/controller.ts';
import { formatTime, type Duration, type Instant } from '../../engine/time.ts';
import type { ObjectView } from '../../store/object-view.ts';
import { isInUse } from './ranges-in-use.ts';

const finalizer = 'networking.k8s.io/service-cidr-finalizer';

/** How long those who give out addresses may take to see that a range goes. */
const deletionDelay: Duration = 10_000;

/**
 * pkg/controller/servicecidrs: a range goes when it leaves no address without one. pkg/controlplane/controller/defaultservicecidr:
 * the range that the cluster was made with comes again.
 */
export function serviceCIDRController(serviceRange: string): Controller {
  return {
    name: 'service-cidr',
    watches: ['ServiceCIDR', 'IPAddress'],
    keysFor({ type, object }, view) {
      const { name } = object.metadata;
      if (object.kind === 'ServiceCIDR' && type === 'MODIFIED') return [name];
      // What a range that goes waits for.
      const waiting = view.list('ServiceCIDR').filter(({ metadata }) => metadata.deletionTimestamp !== undefined);
      return [...(object.kind === 'ServiceCIDR' ? [name] : []), ...waiting.map(({ metadata }) => metadata.name)];
    },
    reconcile(view, name, now) {
      const found = view.get('ServiceCIDR', '', name);
      if (!found)
        return name === defaultServiceCIDR
          ? { changes: [{ verb: 'create', object: serviceCIDR(serviceRange) }] }
          : noChanges;
      return found.metadata.deletionTimestamp === undefined ? kept(found, now) : going(found, view, now);
    },
  };
}

function kept(found: ServiceCIDR, now: Instant): Reconciliation {
  const { metadata } = found;
  if (!metadata.finalizers?.includes(finalizer)) {
    const finalizers = [finalizer, ...(metadata.finalizers ?? [])];
    return { changes: [{ verb: 'update', object: { ...found, metadata: { ...metadata, finalizers } } }] };
  }
  return withReady(found, { status: 'True', reason: '', message: 'Kubernetes Service CIDR is ready' }, now);
}

const inUse = 'There are still IPAddresses referencing the ServiceCIDR, please remove them or create a new ServiceCIDR';

function going(found: ServiceCIDR, view: ObjectView, now: Instant): Reconciliation {
  const { metadata } = found;
  if (!metadata.finalizers?.includes(finalizer)) return noChanges;
  if (isInUse(found, view)) return withReady(found, { status: 'False', reason: 'Terminating', message: inUse }, now);
  const end = Date.parse(metadata.deletionTimestamp ?? '') + deletionDelay;
  if (now < end) return { changes: [], wakeAt: end };
  const finalizers = metadata.finalizers.filter((name) => name !== finalizer);
  return { changes: [{ verb: 'update', object: { ...found, metadata: { ...metadata, finalizers } } }] };
}

function withReady(
  found: ServiceCIDR,
  wanted: Pick<ServiceCIDRCondition, 'status' | 'reason' | 'message'>,
  now: Instant,
): Reconciliation {
  const conditions = found.status.conditions ?? [];
  const current = conditions.find(({ type }) => type === 'Ready');
  const isSame =
    current?.status === wanted.status && current.reason === wanted.reason && current.message === wanted.message;
  if (isSame) return noChanges;
  const ready: ServiceCIDRCondition = { type: 'Ready', lastTransitionTime: formatTime(now), ...wanted };
  const status = { conditions: [...conditions.filter(({ type }) => type !== 'Ready'), ready] };
  return { changes: [{ verb: 'updateStatus', object: { ...found, status } }] };
}
