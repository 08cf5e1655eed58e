import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createCluster, type Cluster } from '@kubedrill/cluster-sim';
import { numberedNodes } from '@kubedrill/grader';
import { parseManifests, resources, type ManifestDocument } from '@kubedrill/kube-model';
import { medianTime, type Benchmark, type Measurement } from './benchmark.ts';

interface Size {
  readonly services: number;
  readonly podsPerService: number;
  readonly nodes: number;
}

const small: Size = { services: 100, podsPerService: 10, nodes: 50 };
const large: Size = { services: 1_000, podsPerService: 10, nodes: 500 };
const hundredPods: Size = { services: 1, podsPerService: 100, nodes: 3 };

/** How many Pods are deleted one after the other for one figure. */
const deletions = 50;

const kibibyte = 1_024;
const mebibyte = 1_024 ** 2;

const podsOf = ({ services, podsPerService }: Size): number => services * podsPerService;

/** What large clusters cost, and that one change costs about the same in a large and in a small one. */
export const scale: Benchmark = {
  name: 'scale',
  title: 'Large clusters, in process',
  run() {
    const hundred = medianTime(() => settled(hundredPods), { warmUp: 60, runs: 40 });
    const before = heapInUse();
    const start = performance.now();
    const cluster = settled(large);
    const time = performance.now() - start;
    const peak = peakMemory();
    const memory = heapInUse() - before;
    const inSmall = deletionTime(settled(small));
    const inLarge = deletionTime(cluster);
    const pods = `${podsOf(large).toLocaleString('en-US')} pods behind ${large.services.toLocaleString('en-US')} Services on ${large.nodes} nodes`;
    return [
      { what: 'a Deployment of 100 pods and its Service, settled', value: hundred, unit: 'ms' },
      { what: `${pods}, settled`, value: time, unit: 'ms' },
      { what: 'and what it keeps in memory', value: memory, unit: 'MiB' },
      { what: 'and what the whole process took at most until then', value: peak, unit: 'MiB' },
      { what: 'one pod deleted and replaced there', value: inLarge, unit: 'ms' },
      { what: `the same with ${podsOf(small).toLocaleString('en-US')} pods`, value: inSmall, unit: 'ms' },
      { what: 'the one as a multiple of the other', value: inLarge / inSmall, unit: 'x' },
      ...compilations(cluster),
    ];
  },
};

function settled(size: Size): Cluster {
  const pods = podsOf(size);
  const bounds = {
    maxPods: 2 * pods,
    maxObjects: 10 * pods + 10_000,
    maxReconciliationsPerSettle: 200 * pods + 10_000,
  };
  const cluster = createCluster({ nodes: numberedNodes(size.nodes), bounds });
  cluster.settle();
  cluster.apply(documentsOf(size));
  settle(cluster);
  return cluster;
}

function settle(cluster: Cluster): void {
  const report = cluster.settle();
  if (report.kind === 'limited') throw new Error(`the cluster does not settle: ${report.bound} is hit`);
}

const parsed = new Map<Size, readonly ManifestDocument[]>();

/** Parsed once: this is about the cluster. */
function documentsOf(size: Size): readonly ManifestDocument[] {
  const known = parsed.get(size);
  if (known) return known;
  const files = Array.from({ length: size.services }, (_, index) => ({
    path: `${index}.yaml`,
    content: manifest(`app-${index}`, size.podsPerService),
  }));
  const { documents } = parseManifests(files);
  parsed.set(size, documents);
  return documents;
}

function manifest(name: string, replicas: number): string {
  return `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: web, image: 'nginx:1.29' }] }
---
apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec: { selector: { app: ${name} }, ports: [{ port: 80 }] }
`;
}

/** Median over Pods of different Deployments, until everything that follows from the deletion has happened. */
function deletionTime(cluster: Cluster): number {
  const pods = cluster.view.list('Pod', 'default');
  const step = Math.floor(pods.length / deletions);
  let next = 0;
  return medianTime(
    () => {
      const name = pods[(next += step) % pods.length]?.metadata.name ?? '';
      const answer = cluster.api.handle({ verb: 'delete', resource: resources.Pod, namespace: 'default', name });
      if (!answer.ok) throw new Error(`pod ${name} cannot be deleted: ${answer.status.message}`);
      settle(cluster);
    },
    { warmUp: deletions / 2, runs: deletions / 2 },
  );
}

/** The first packet on a node has its kube-proxy's rules compiled, those of all Services. */
function compilations(cluster: Cluster): readonly Measurement[] {
  const [first, second] = cluster.options.nodes;
  const [service, other] = cluster.view.list('Service', 'default').slice(1);
  if (!first || !second || !service || !other) throw new Error('the cluster is not large enough');
  const packet = (): number =>
    timeOf(() =>
      cluster.trace({
        from: { kind: 'node', name: first.name },
        host: service.spec.clusterIP ?? '',
        port: 80,
        protocol: 'TCP',
      }),
    );
  const compiled = packet();
  const known = packet();
  const body = { spec: { ports: [{ port: 81, targetPort: 80 }] } };
  const { name } = other.metadata;
  const target = { resource: resources.Service, namespace: 'default', name };
  const answer = cluster.api.handle({ ...target, verb: 'patch', patchType: 'merge', body });
  if (!answer.ok) throw new Error(`Service ${name} cannot be changed: ${answer.status.message}`);
  return [
    { what: "first packet on a node: all Services' rules compiled", value: compiled, unit: 'ms' },
    { what: 'the next packet', value: known, unit: 'ms' },
    { what: 'the next packet after one Service has changed', value: packet(), unit: 'ms' },
  ];
}

function timeOf(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/** In MiB, once all garbage is gone. */
function heapInUse(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed / mebibyte;
}

/** The process's high-water mark so far, in MiB. */
function peakMemory(): number {
  return (process.resourceUsage().maxRSS * kibibyte) / mebibyte;
}

/** V8 shows its collector to a context that is made after the flag is set. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc()');
}
