import type { Namespace } from '@kubedrill/kube-model';
import { refuseNamespaceDeletion } from '../../admission/namespace-lifecycle.ts';
import { objectMeta } from '../../schema/object-meta.ts';
import { always, list, named, object, string, time } from '../../schema/schema.ts';
import type { KindDefinition } from '../kind-definition.ts';
import {
  validateNamespace,
  validateNamespaceFinalize,
  validateNamespaceStatus,
  validateNamespaceUpdate,
} from './namespace-validation.ts';

const namespaceCondition = object('NamespaceCondition', {
  type: always(named('v1.NamespaceConditionType', string)),
  status: always(named('v1.ConditionStatus', string)),
  lastTransitionTime: time,
  reason: string,
  message: string,
});

/** core/v1 Namespace: pkg/registry/core/namespace. */
export const namespaceDefinition: KindDefinition<'Namespace'> = {
  kind: 'Namespace',
  schema: object('Namespace', {
    metadata: objectMeta,
    spec: always(object('NamespaceSpec', { finalizers: list(named('v1.FinalizerName', string)) })),
    status: always(
      object('NamespaceStatus', {
        phase: named('v1.NamespacePhase', string),
        conditions: list(namespaceCondition, { patchMergeKey: 'type', listType: { kind: 'map', keys: ['type'] } }),
      }),
    ),
  }),
  defaults: (namespace) => (namespace.metadata.name ? withNameLabel(namespace) : namespace),
  strategy: {
    allowCreateOnUpdate: false,
    allowUnconditionalUpdate: true,
    prepareForCreate: (namespace) => withNameLabel(withFinalizer({ ...namespace, status: { phase: 'Active' } })),
    prepareForUpdate: (namespace, old) => ({ ...namespace, spec: old.spec, status: old.status }),
    validateCreate: (namespace) => validateNamespace(namespace),
    validateUpdate: validateNamespaceUpdate,
  },
  status: {
    prepareForUpdate: (namespace, old) => ({ ...namespace, spec: old.spec }),
    validateUpdate: validateNamespaceStatus,
  },
  finalize: {
    prepareForUpdate: (namespace, old) => ({ ...namespace, status: old.status }),
    validateUpdate: validateNamespaceFinalize,
  },
  selectableFields: {
    'status.phase': ({ status }) => status.phase ?? '',
  },
  deletion: {
    answersWithObject: true,
    admitDelete: ({ metadata }) => refuseNamespaceDeletion(metadata.name),
    isHeld: ({ spec }) => (spec.finalizers?.length ?? 0) > 0,
    onMarked: (namespace) => ({ ...namespace, status: { ...namespace.status, phase: 'Terminating' } }),
  },
};

/** The label by which selectors name a namespace. */
function withNameLabel(namespace: Namespace): Namespace {
  const { name, labels } = namespace.metadata;
  if (labels?.['kubernetes.io/metadata.name'] === name) return namespace;
  return {
    ...namespace,
    metadata: { ...namespace.metadata, labels: { ...labels, 'kubernetes.io/metadata.name': name } },
  };
}

/** Taken away by the namespace controller when the contents are gone. */
function withFinalizer(namespace: Namespace): Namespace {
  const finalizers = namespace.spec.finalizers ?? [];
  if (finalizers.includes('kubernetes')) return namespace;
  return { ...namespace, spec: { ...namespace.spec, finalizers: [...finalizers, 'kubernetes'] } };
}
