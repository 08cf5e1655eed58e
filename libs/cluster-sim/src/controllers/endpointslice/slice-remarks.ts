import type { EndpointSlice, Pod, Service } from '@kubedrill/kube-model';
import type { Remark } from '../../events/remark.ts';
import type { ObjectView, WatchEvent } from '../../store/object-view.ts';
import { keyOf } from '../object-key.ts';
import type { SlicePlan } from './slice-plan.ts';
import { endpointsIn, isReady, wantsTopologyHints } from './topology-hints.ts';
import { allocate } from './zone-allocation.ts';
import type { ZoneShares } from './zone-shares.ts';

const by = { form: 'older', component: 'endpoint-slice-controller' } as const;

export interface Hinting {
  readonly service: Service;
  readonly addressType: string;
  readonly shares: ZoneShares | undefined;
  /** The slices as they were. */
  readonly existing: readonly EndpointSlice[];
  readonly plan: SlicePlan;
}

/** The events of staging/src/k8s.io/endpointslice/topologycache AddHints; undefined: hints go on as before. */
export function topologyRemark(hinting: Hinting): Remark | undefined {
  const { service: about, addressType, existing, plan } = hinting;
  if (!endpointsIn(plan).some(({ hints }) => hints?.forZones)) {
    const message = `${troubleWith(hinting)}, addressType: ${addressType}`;
    return { by, about, type: 'Warning', reason: 'TopologyAwareHintsDisabled', message };
  }
  if (existing.some(hasHints)) return undefined;
  const message = `Topology Aware Hints has been enabled, addressType: ${addressType}`;
  return { by, about, type: 'Normal', reason: 'TopologyAwareHintsEnabled', message };
}

function troubleWith({ plan, shares }: Hinting): string {
  if (!shares) return 'Insufficient Node information: allocatable CPU or zone not specified on one or more nodes';
  const ready = endpointsIn(plan).filter(isReady);
  const numbers = `(${ready.length} endpoints, ${shares.size} zones)`;
  if (shares.size > ready.length) return `Insufficient number of endpoints ${numbers}`;
  if (!allocate(shares, ready.length))
    return `Unable to allocate minimum required endpoints to each zone without exceeding overload threshold ${numbers}`;
  return ready.some(({ zone }) => !zone)
    ? 'One or more endpoints do not have a zone specified'
    : 'No hints allocated for zones';
}

/** reconcileByAddressType: hints that there were by the annotation, and the annotation is gone. Only the first family is told of. */
export function hintsWithdrawnRemarks({ object, previous }: WatchEvent, view: ObjectView): readonly Remark[] {
  if (object.kind !== 'Service' || previous?.kind !== 'Service') return [];
  if (object.metadata.annotations === previous.metadata.annotations) return [];
  if (wantsTopologyHints(object) || !wantsTopologyHints(previous)) return [];
  const hinted = view.indexed('EndpointSlice', 'service', keyOf(object.metadata)).find(hasHints);
  if (!hinted) return [];
  const message = `Topology Aware Hints has been disabled, addressType: ${hinted.addressType}`;
  return [{ by, about: object, type: 'Warning', reason: 'TopologyAwareHintsDisabled', message }];
}

function hasHints({ endpoints }: EndpointSlice): boolean {
  return endpoints?.some(({ hints }) => hints?.forZones) ?? false;
}

/** syncService's last event: Pods are left out whose node nobody knows. */
export function strandedRemark(about: Service, pods: readonly Pod[]): Remark {
  const { namespace = '', name } = about.metadata;
  const of = `for Service ${namespace}/${name}`;
  const skipped = pods.map(
    ({ metadata, spec }) => `skipping Pod ${metadata.name} ${of}: Node ${spec.nodeName ?? ''} Not Found`,
  );
  const errors = skipped.length > 1 ? `[${skipped.join(', ')}]` : skipped.join();
  const message = `Error updating Endpoint Slices ${of}: ${errors}`;
  return { by, about, type: 'Warning', reason: 'FailedToUpdateEndpointSlices', message };
}
