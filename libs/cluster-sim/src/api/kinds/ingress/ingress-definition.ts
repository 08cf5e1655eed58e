import type { Ingress, IngressClass } from '@kubedrill/kube-model';
import { done } from '../../outcome.ts';
import { semanticallyEqual } from '../../validation/immutable.ts';
import { ipWarnings } from '../../validation/ip-address.ts';
import { statusPath } from '../../validation/path.ts';
import type { KindDefinition } from '../kind-definition.ts';
import {
  classAnnotation,
  validateIngress,
  validateIngressStatus,
  validateIngressUpdate,
} from './ingress-validation.ts';
import { ingressSchema } from './schema.ts';

/** networking.k8s.io/v1 Ingress: pkg/registry/networking/ingress. */
export const ingressDefinition: KindDefinition<'Ingress'> = {
  kind: 'Ingress',
  schema: ingressSchema,
  defaults: (ingress) => ingress,
  admitCreate: (ingress, { view }) => done(withDefaultClass(ingress, view.list('IngressClass'))),
  strategy: {
    allowCreateOnUpdate: false,
    allowUnconditionalUpdate: true,
    prepareForCreate: (ingress) => withGeneration({ ...ingress, status: { loadBalancer: {} } }, 1),
    prepareForUpdate: (ingress, old) => {
      const kept = { ...ingress, status: old.status };
      if (semanticallyEqual(ingress.spec, old.spec)) return kept;
      return withGeneration(kept, (old.metadata.generation ?? 0) + 1);
    },
    validateCreate: validateIngress,
    validateUpdate: validateIngressUpdate,
    warningsOnCreate: ({ metadata, spec }) =>
      metadata.annotations?.[classAnnotation] !== undefined && spec.ingressClassName === undefined
        ? [`annotation "${classAnnotation}" is deprecated, please use 'spec.ingressClassName' instead`]
        : [],
  },
  status: {
    prepareForUpdate: (ingress, old) => ({ ...ingress, spec: old.spec }),
    validateUpdate: validateIngressStatus,
    warningsOnUpdate: ({ status }) =>
      (status.loadBalancer.ingress ?? []).flatMap(({ ip }, index) =>
        ip ? ipWarnings(ip, statusPath.child('loadBalancer').child('ingress').index(index)) : [],
      ),
  },
};

function withGeneration(ingress: Ingress, generation: number): Ingress {
  return { ...ingress, metadata: { ...ingress.metadata, generation } };
}

/** plugin/pkg/admission/network/defaultingressclass: of several default classes the newest. */
function withDefaultClass(ingress: Ingress, classes: readonly IngressClass[]): Ingress {
  const isChosen =
    ingress.spec.ingressClassName !== undefined || ingress.metadata.annotations?.[classAnnotation] !== undefined;
  if (isChosen) return ingress;
  const defaults = classes.filter(
    ({ metadata }) => metadata.annotations?.['ingressclass.kubernetes.io/is-default-class'] === 'true',
  );
  const [newest] = [...defaults].sort(
    ({ metadata: left }, { metadata: right }) =>
      right.creationTimestamp.localeCompare(left.creationTimestamp) || (left.name < right.name ? -1 : 1),
  );
  return newest ? { ...ingress, spec: { ...ingress.spec, ingressClassName: newest.metadata.name } } : ingress;
}
