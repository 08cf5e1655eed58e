import { parseManifests, type Pod } from '@kubedrill/kube-model';
import { createCluster, type Cluster, type ClusterSettings } from '../src/index.ts';

/** A cluster whose API server must take the manifests; not settled. */
export function clusterWith(manifests: string, settings: ClusterSettings = {}): Cluster {
  const cluster = createCluster(settings);
  cluster.settle();
  applyTo(cluster, manifests);
  return cluster;
}

export function applyTo(cluster: Cluster, manifests: string): void {
  const { documents, issues } = parseManifests([{ path: 'test.yaml', content: manifests }]);
  if (issues[0]) throw new Error(issues[0].message);
  for (const { response, printed } of cluster.apply(documents)) if (!response.ok) throw new Error(printed);
}

export interface DeploymentFixture {
  readonly name?: string;
  readonly replicas: number;
  readonly image?: string;
  /** Further fields of spec and of the Pods' spec, as flow YAML without braces. */
  readonly spec?: string;
  readonly podSpec?: string;
  readonly container?: string;
}

export function deploymentManifest({
  name = 'web',
  replicas,
  image = 'nginx:1.25',
  spec = '',
  podSpec = '',
  container = '',
}: DeploymentFixture): string {
  return `
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: ${name}}}
  ${spec}
  template:
    metadata: {labels: {app: ${name}}}
    spec: {containers: [{name: c, image: "${image}"${container && `, ${container}`}}]${podSpec && `, ${podSpec}`}}
---
`;
}

export function podManifest(name: string, podSpec: string, labels = ''): string {
  return `
apiVersion: v1
kind: Pod
metadata: {name: ${name}, labels: {${labels}}}
spec: {${podSpec}}
---
`;
}

export function podOf(cluster: Cluster, name: string): Pod {
  const pod = cluster.view.get('Pod', 'default', name);
  if (!pod) throw new Error(`there is no Pod ${name}`);
  return pod;
}

export function isReady(pod: Pod): boolean {
  return pod.status.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
}
