import type { Endpoints } from '@kubedrill/kube-model';
import { diagnoseService } from '../../feedback/service-diagnosis.ts';
import { diagnoseStranger } from '../../feedback/stranger-diagnosis.ts';
import { defineCheckKind } from '../check-kind.ts';
import { explainShortfalls } from './explain-shortfalls.ts';
import { assessList, type ListedEndpoints } from './list-assessment.ts';

export const endpoints = defineCheckKind({
  kind: 'endpoints',
  evaluate(parameters, context) {
    const object = context.cluster.view.get('Endpoints', parameters.namespace, parameters.service);
    const shortfalls = assessList(parameters, listed(object), context);
    const absent =
      object === undefined &&
      context.cluster.view.get('Service', parameters.namespace, parameters.service) === undefined;
    return { credit: shortfalls.length === 0 && !absent ? 1 : 0, shortfalls };
  },
  explain({ service, namespace, of }, { shortfalls }, { cluster }) {
    const diagnosis = diagnoseService(cluster, namespace, service);
    return explainShortfalls(shortfalls, diagnosis ?? (of && diagnoseStranger(cluster, namespace, service, of)));
  },
});

function listed(endpoints: Endpoints | undefined): ListedEndpoints {
  const subsets = endpoints?.subsets ?? [];
  return {
    ready: subsets.flatMap(({ addresses }) => addresses?.map(({ ip }) => ip) ?? []),
    notReady: subsets.flatMap(({ notReadyAddresses }) => notReadyAddresses?.map(({ ip }) => ip) ?? []),
    ports: subsets.flatMap(({ ports }) => ports?.map(({ port }) => port) ?? []),
  };
}
