import type { Endpoint, EndpointSlice } from '@kubedrill/kube-model';
import { diagnoseService } from '../../feedback/service-diagnosis.ts';
import { diagnoseStranger } from '../../feedback/stranger-diagnosis.ts';
import { defineCheckKind } from '../check-kind.ts';
import { explainShortfalls } from '../endpoints/explain-shortfalls.ts';
import { assessList, plural, type ListedEndpoints, type Shortfall } from '../endpoints/list-assessment.ts';

export const endpointSlices = defineCheckKind({
  kind: 'endpointSlices',
  evaluate(parameters, context) {
    const { service, namespace, slices: wantedSlices, terminating: wantedTerminating } = parameters;
    const { view } = context.cluster;
    const slices = view.indexed('EndpointSlice', 'service', `${namespace}/${service}`);
    const shortfalls: Shortfall[] = [...assessList(parameters, listed(slices), context)];
    if (wantedSlices !== undefined && slices.length !== wantedSlices) {
      shortfalls.push({ expected: plural(wantedSlices, 'slice'), observed: plural(slices.length, 'slice') });
    }
    const terminating = endpointsOf(slices).filter(({ conditions }) => conditions?.terminating === true).length;
    if (wantedTerminating !== undefined && terminating !== wantedTerminating) {
      shortfalls.push({ expected: `${wantedTerminating} terminating`, observed: `${terminating} terminating` });
    }
    const absent = slices.length === 0 && view.get('Service', namespace, service) === undefined;
    return { credit: shortfalls.length === 0 && !absent ? 1 : 0, shortfalls };
  },
  explain({ service, namespace, of }, { shortfalls }, { cluster }) {
    const diagnosis = diagnoseService(cluster, namespace, service);
    return explainShortfalls(shortfalls, diagnosis ?? (of && diagnoseStranger(cluster, namespace, service, of)));
  },
});

function endpointsOf(slices: readonly EndpointSlice[]): readonly Endpoint[] {
  return slices.flatMap(({ endpoints }) => endpoints ?? []);
}

/** An absent ready condition means ready (discovery/v1 EndpointConditions). */
function listed(slices: readonly EndpointSlice[]): ListedEndpoints {
  const all = endpointsOf(slices);
  const ready = all.filter(({ conditions }) => conditions?.ready !== false);
  const others = all.filter(({ conditions }) => conditions?.ready === false && conditions.terminating !== true);
  return {
    ready: ready.flatMap(({ addresses }) => addresses),
    notReady: others.flatMap(({ addresses }) => addresses),
    ports: [...new Set(slices.flatMap(({ ports }) => ports?.flatMap(({ port }) => port ?? []) ?? []))],
  };
}
