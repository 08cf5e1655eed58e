import type { Namespace } from '@kubedrill/kube-model';
import { noChanges, type Controller, type Draft } from '../engine/controller.ts';

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

/** pkg/controller/certificates/rootcacertpublisher. */
export const rootCaController = perNamespace('root-ca-certificate-publisher', 'ConfigMap', ({ metadata }) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: {
    name: 'kube-root-ca.crt',
    namespace: metadata.name,
    annotations: { 'kubernetes.io/description': caDescription },
  },
  data: { 'ca.crt': caCertificate },
}));

/** A controller that makes one object in each Namespace, and again when it is deleted. */
function perNamespace(
  name: string,
  kind: 'ServiceAccount' | 'ConfigMap',
  draft: (namespace: Namespace) => Draft & { readonly metadata: { readonly name: string } },
): Controller {
  return {
    name,
    watches: ['Namespace', kind],
    keysFor({ type, object }) {
      if (object.kind === 'Namespace') return type === 'DELETED' ? [] : [object.metadata.name];
      return type === 'DELETED' && object.metadata.namespace !== undefined ? [object.metadata.namespace] : [];
    },
    reconcile(view, key) {
      const namespace = view.get('Namespace', '', key);
      if (!namespace || namespace.metadata.deletionTimestamp !== undefined) return noChanges;
      const object = draft(namespace);
      return view.get(kind, key, object.metadata.name) ? noChanges : { changes: [{ verb: 'create', object }] };
    },
  };
}
