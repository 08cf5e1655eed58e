export { loopbackCertificate, type Certificate } from './certificate.ts';
export { answerOver, serveKubeApi, type KubeApiServer, type ServeOptions } from './http-server.ts';
export { KubeApi, type KubeApiOptions } from './kube-api.ts';
export { Upgrades } from './streaming/upgrade.ts';
export { kubeDocuments, type DocumentRequest, type ServedText } from './kube-documents.ts';
export { kubeconfig, type KubeconfigParts } from './kubeconfig.ts';
