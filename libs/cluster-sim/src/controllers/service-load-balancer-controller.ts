import type { LoadBalancerIngress, Service } from '@kubedrill/kube-model';
import type { ClusterOptions } from '../cluster.ts';
import { noChanges, type Change, type Controller, type Reconciliation } from '../engine/controller.ts';
import type { Remark } from '../events/remark.ts';
import { contains, formatAddress, parseRange } from '../network/ipv4.ts';
import type { ObjectView } from '../store/object-view.ts';
import { keyOf, splitKey } from './object-key.ts';
import { sameValue } from './same-value.ts';

const cleanupFinalizer = 'service.kubernetes.io/load-balancer-cleanup';

/**
 * staging/src/k8s.io/cloud-provider/controllers/service: what a cloud (or a desktop's substitute for one) does for Services of type
 * LoadBalancer. Without a provider nobody runs this controller, and they stay pending.
 */
export function serviceLoadBalancerController(
  provider: Exclude<ClusterOptions['loadBalancer'], { kind: 'none' }>,
): Controller {
  return {
    name: 'service-lb-controller',
    watches: ['Service'],
    keysFor: ({ type, object }) => (type === 'DELETED' ? [] : [keyOf(object.metadata)]),
    reconcile(view, key) {
      const { namespace, name } = splitKey(key);
      const service = view.get('Service', namespace, name);
      if (!service) return noChanges;
      const isWanted = service.metadata.deletionTimestamp === undefined && wantsBalancer(service);
      const changes = isWanted ? provide(service, provider, view) : withdraw(service);
      // A desktop's substitute is no cloud-controller-manager.
      return provider.kind === 'cloud' ? commented(changes, service) : { changes };
    },
  };
}

/** A class of its own leaves the Service to another implementation. */
function wantsBalancer({ spec }: Service): boolean {
  return spec.type === 'LoadBalancer' && spec.loadBalancerClass === undefined;
}

function provide(
  service: Service,
  provider: { readonly kind: 'cloud'; readonly range: string } | { readonly kind: 'localhost' },
  view: ObjectView,
): readonly Change[] {
  const { finalizers = [] } = service.metadata;
  if (!finalizers.includes(cleanupFinalizer)) {
    const metadata = { ...service.metadata, finalizers: [...finalizers, cleanupFinalizer] };
    // The update makes the Service dirty again; its status comes with the next turn.
    return [{ verb: 'update', object: { ...service, metadata } }];
  }
  const present = service.status.loadBalancer.ingress;
  const ingress =
    provider.kind === 'localhost' ? [{ hostname: 'localhost' }] : cloudIngress(service, provider.range, view);
  if (!ingress || sameValue(present, ingress)) return [];
  return [{ verb: 'updateStatus', object: { ...service, status: { ...service.status, loadBalancer: { ingress } } } }];
}

function cloudIngress(
  service: Service,
  rangeText: string,
  view: ObjectView,
): readonly LoadBalancerIngress[] | undefined {
  const present = service.status.loadBalancer.ingress;
  if (present?.length) return present;
  const range = parseRange(rangeText);
  if (!range) throw new Error(`the load balancers' range ${rangeText} is no IPv4 range`);
  const taken = new Set(
    view.list('Service').flatMap(({ status }) => status.loadBalancer.ingress?.map(({ ip }) => ip) ?? []),
  );
  const wanted = service.spec.loadBalancerIP;
  if (wanted) return contains(range, wanted) && !taken.has(wanted) ? [{ ip: wanted, ipMode: 'VIP' }] : undefined;
  const size = ~range.mask >>> 0;
  for (let offset = 1; offset < size; offset += 1) {
    const ip = formatAddress(range.base + offset);
    if (!taken.has(ip)) return [{ ip, ipMode: 'VIP' }];
  }
  return undefined;
}

function withdraw(service: Service): readonly Change[] {
  const { finalizers, ...metadata } = service.metadata;
  if (!finalizers?.includes(cleanupFinalizer)) return [];
  if (service.status.loadBalancer.ingress?.length)
    return [{ verb: 'updateStatus', object: { ...service, status: { ...service.status, loadBalancer: {} } } }];
  const others = finalizers.filter((finalizer) => finalizer !== cleanupFinalizer);
  return [
    {
      verb: 'update',
      object: { ...service, metadata: others.length > 0 ? { ...metadata, finalizers: others } : metadata },
    },
  ];
}

/** syncLoadBalancerIfNeeded: the finalizer is there before the balancer is, and goes after it. */
function commented(changes: readonly Change[], about: Service): Reconciliation {
  const [change] = changes;
  if (change?.verb !== 'update' && change?.verb !== 'updateStatus') return { changes };
  const says = (reason: string, message: string): Reconciliation => {
    const done = said(about, reason, message);
    return { changes: [{ ...change, comment: { done: () => done } }] };
  };
  const { object } = change;
  if (change.verb === 'updateStatus') {
    const hasBalancer = object.kind === 'Service' && (object.status.loadBalancer.ingress?.length ?? 0) > 0;
    return hasBalancer ? says('EnsuredLoadBalancer', 'Ensured load balancer') : { changes };
  }
  if (object.metadata.finalizers?.includes(cleanupFinalizer))
    return says('EnsuringLoadBalancer', 'Ensuring load balancer');
  const remarks = [said(about, 'DeletingLoadBalancer', 'Deleting load balancer')];
  return { ...says('DeletedLoadBalancer', 'Deleted load balancer'), remarks };
}

function said(about: Service, reason: string, message: string): Remark {
  return { by: { form: 'older', component: 'service-controller' }, about, type: 'Normal', reason, message };
}
