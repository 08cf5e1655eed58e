import type { EndpointSlice, Service } from '@kubedrill/kube-model';
import type { Remark } from '../../events/remark.ts';
import type { SlicePlan } from './slice-plan.ts';
import { endpointsIn, isReady } from './topology-hints.ts';
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
  const hasHints = endpointsIn(plan).some(({ hints }) => hints?.forZones);
  if (!hasHints) {
    const message = `${troubleWith(hinting)}, addressType: ${addressType}`;
    return { by, about, type: 'Warning', reason: 'TopologyAwareHintsDisabled', message };
  }
  if (existing.some(({ endpoints }) => endpoints?.some(({ hints }) => hints?.forZones))) return undefined;
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
