import { createCluster } from '@kubedrill/cluster-sim';
import { numberedNodes } from '@kubedrill/grader';
import { parseManifests } from '@kubedrill/kube-model';
import type { Benchmark, Measurement } from './benchmark.ts';

const sizes = [10, 100, 1_000, 10_000] as const;
const podsPerNode = 100;

/** From nothing to settled: one Deployment of so many Pods behind one Service. Not worse than n log n. */
export const growth: Benchmark = {
  name: 'growth',
  title: 'One Deployment and one Service from nothing to settled',
  run() {
    settle(100);
    const figures: Measurement[] = [];
    let previous: { readonly pods: number; readonly time: number } | undefined;
    for (const pods of sizes) {
      const time = settle(pods);
      figures.push({ what: `${pods} pods`, value: time, unit: 'ms' });
      if (previous) {
        const allowed = (pods * Math.log2(pods)) / (previous.pods * Math.log2(previous.pods));
        figures.push({
          what: `  growth as a multiple of n log n, from ${previous.pods}`,
          value: time / previous.time / allowed,
          unit: 'x',
        });
      }
      previous = { pods, time };
    }
    return figures;
  },
};

function settle(pods: number): number {
  const bounds = { maxPods: pods + 10, maxObjects: 4 * pods + 1000, maxReconciliationsPerSettle: 200 * pods + 10_000 };
  const cluster = createCluster({ nodes: numberedNodes(Math.ceil(pods / podsPerNode) + 2), bounds });
  cluster.settle();
  const { documents } = parseManifests([{ path: 'growth.yaml', content: manifest(pods) }]);
  const start = performance.now();
  cluster.apply(documents);
  const report = cluster.settle();
  const time = performance.now() - start;
  if (report.kind === 'limited') throw new Error(`${pods} pods do not settle: ${report.bound} is hit`);
  return time;
}

function manifest(pods: number): string {
  return `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: ${pods}
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: 'nginx:1.29' }] }
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
`;
}
