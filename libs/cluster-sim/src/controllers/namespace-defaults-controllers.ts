import type { Namespace, ObjectOfKind } from '@kubedrill/kube-model';
import { noChanges, type Controller, type Draft } from '../engine/controller.ts';
import { sameValue } from './same-value.ts';

const caDescription =
  'Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.';

/** The simulation has no certificates: text in the form of one. */
const caCertificate = '-----BEGIN CERTIFICATE-----\nS3ViZWRyaWxs\n-----END CERTIFICATE-----\n';

/** pkg/controller/serviceaccount/serviceaccounts_controller.go: every Namespace has a ServiceAccount "default". */
export const serviceAccountController = perNamespace('serviceaccount', 'ServiceAccount', ({ metadata }) => ({
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { name: 'default', namespace: metadata.name },
}));

const caData = { 'ca.crt': caCertificate };
const descriptionAnnotation = 'kubernetes.io/description';

/** pkg/controller/certificates/rootcacertpublisher. What somebody writes into the ConfigMap is undone. */
export const rootCaController = perNamespace(
  'root-ca-certificate-publisher',
  'ConfigMap',
  ({ metadata }) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: 'kube-root-ca.crt',
      namespace: metadata.name,
      annotations: { [descriptionAnnotation]: caDescription },
    },
    data: caData,
  }),
  (found) => {
    const { annotations } = found.metadata;
    if (sameValue(found.data, caData) && annotations?.[descriptionAnnotation]) return found;
    const described = { ...annotations, [descriptionAnnotation]: caDescription };
    return { ...found, data: caData, metadata: { ...found.metadata, annotations: described } };
  },
);

/** A controller that makes one object in each Namespace, again when it is deleted, and right when it was changed. */
function perNamespace<K extends 'ServiceAccount' | 'ConfigMap'>(
  name: string,
  kind: K,
  draft: (namespace: Namespace) => Draft & { readonly metadata: { readonly name: string } },
  corrected: (found: ObjectOfKind[K]) => ObjectOfKind[K] = (found) => found,
): Controller {
  return {
    name,
    watches: ['Namespace', kind],
    keysFor({ type, object }) {
      if (object.kind === 'Namespace') return type === 'DELETED' ? [] : [object.metadata.name];
      return type !== 'ADDED' && object.metadata.namespace !== undefined ? [object.metadata.namespace] : [];
    },
    reconcile(view, key) {
      const namespace = view.get('Namespace', '', key);
      if (!namespace || namespace.metadata.deletionTimestamp !== undefined) return noChanges;
      const object = draft(namespace);
      const found = view.get(kind, key, object.metadata.name);
      if (!found) return { changes: [{ verb: 'create', object }] };
      const right = corrected(found);
      return right === found ? noChanges : { changes: [{ verb: 'update', object: right }] };
    },
  };
}
