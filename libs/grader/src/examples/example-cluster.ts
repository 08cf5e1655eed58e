import { createCluster, type Cluster, type ExecResult } from '@kubedrill/cluster-sim';
import type { Workstation } from '@kubedrill/kubectl';
import { parseManifests, type ManifestDocument, type ManifestFile } from '@kubedrill/kube-model';
import { clusterSettings } from '../exercise/cluster-settings.ts';
import type { ClusterSetup } from '../exercise/cluster-setup.ts';
import { constraintsSchema } from '../exercise/constraints.ts';
import { placeNamed, runAt } from './example-place.ts';
import { traceText } from './trace-text.ts';

/** A cluster in which the examples of a text run, one after the other. Between two of them it comes to rest. */
export class ExampleCluster {
  private readonly cluster: Cluster;
  private readonly workstation: Workstation;

  /** Throws for manifests of the setup that are missing or refused. What the workstation writes goes into `written`. */
  constructor(setup: ClusterSetup, files: readonly ManifestFile[], written: Map<string, string>) {
    this.workstation = { namespace: 'default', files: written };
    this.cluster = createCluster(clusterSettings({ cluster: setup, constraints: constraintsSchema.parse({}) }));
    settled(this.cluster);
    for (const path of setup.manifests) {
      const file = files.find((candidate) => candidate.path === path);
      if (!file) throw new Error(`there is no file "${path}"`);
      const [refusal] = this.apply(parseManifests([file]).documents);
      if (refusal !== undefined) throw new Error(`${path}: ${refusal}`);
    }
  }

  /** The refusals, in kubectl's words. */
  apply(documents: readonly ManifestDocument[]): readonly string[] {
    return applyTo(this.cluster, documents);
  }

  /** What `apply` would say; changes nothing. */
  refusalsOf(documents: readonly ManifestDocument[]): readonly string[] {
    return applyTo(this.cluster.fork(), documents);
  }

  /** What a command prints at a place: '' is the workstation. Undefined when there is no such place. */
  run(place: string, script: string): ExecResult | undefined {
    const result = runAt(this.cluster, this.workstation, place, script);
    settled(this.cluster);
    return result;
  }

  /** What becomes of connections, in words; undefined when there is no such place. */
  trace(place: string, host: string, port: number): string | undefined {
    const from = placeNamed(this.cluster, place);
    return from && traceText(this.cluster.trace({ from, host, port, protocol: 'TCP' }));
  }
}

function applyTo(cluster: Cluster, documents: readonly ManifestDocument[]): readonly string[] {
  const refused = cluster.apply(documents).flatMap(({ response, printed }) => (response.ok ? [] : [printed]));
  settled(cluster);
  return refused;
}

function settled(cluster: Cluster): void {
  const report = cluster.settle();
  if (report.kind === 'limited') throw new Error(`the cluster of an example does not settle: ${report.bound} is hit`);
}
