import { createCluster, type Cluster, type ClusterSettings, type SettleReport } from '@kubedrill/cluster-sim';
import { parseManifests, type ManifestDocument } from '@kubedrill/kube-model';
import { BoundedCache } from './bounded-cache.ts';
import { clusterSettings } from './exercise/cluster-settings.ts';
import type { ExerciseInstance } from './exercise/instance.ts';
import { canonicalJson } from './receipt/canonical-json.ts';

/** An instance whose initial cluster stands, ready to be forked for any number of submissions. */
export interface PreparedInstance {
  readonly instance: ExerciseInstance;
  readonly baseline: Cluster;
  /** The exercise's own manifests, by path. */
  readonly manifests: ReadonlyMap<string, readonly ManifestDocument[]>;
}

/** Throws when the exercise's own manifests are refused or never settle: a fault of the exercise, found by its lint. */
export function prepareInstance(
  instance: ExerciseInstance,
  baselines: BaselineCache = new BaselineCache(1),
): PreparedInstance {
  const manifests = ownManifests(instance);
  return { instance, manifests, baseline: baselines.get(instance, manifests) };
}

export function ownManifests({ manifests }: ExerciseInstance): PreparedInstance['manifests'] {
  return new Map(manifests.map((file) => [file.path, parseOwn(file)]));
}

function parseOwn(file: ExerciseInstance['manifests'][number]): readonly ManifestDocument[] {
  const { documents, issues } = parseManifests([file]);
  const [issue] = issues;
  if (issue) throw new Error(`${issue.file}:${issue.line ?? 1}: ${issue.message}`);
  return documents;
}

/** Initial clusters by what they are made of, so that instances that differ in their checks alone share one. */
export class BaselineCache {
  private readonly clusters: BoundedCache<Cluster>;

  constructor(capacity: number) {
    this.clusters = new BoundedCache(capacity);
  }

  get(instance: ExerciseInstance, manifests: PreparedInstance['manifests']): Cluster {
    const { cluster, constraints, namespace } = instance;
    const key = canonicalJson([cluster, constraints, namespace, initialFiles(instance)]);
    return this.clusters.get(key, () => createBaseline(instance, manifests));
  }
}

function initialFiles({ cluster, manifests }: ExerciseInstance): ExerciseInstance['manifests'] {
  return manifests.filter(({ path }) => cluster.manifests.includes(path));
}

/** The instance's initial cluster, settled. */
function createBaseline(instance: ExerciseInstance, manifests: PreparedInstance['manifests']): Cluster {
  const cluster = createInitialCluster(instance, manifests);
  mustKeepBounds(cluster.settle());
  return cluster;
}

/** A cluster that has just been given the instance's initial manifests. `settings` replace what the instance says. */
export function createInitialCluster(
  instance: ExerciseInstance,
  manifests: PreparedInstance['manifests'],
  settings: ClusterSettings = {},
): Cluster {
  const cluster = createCluster({ ...clusterSettings(instance), ...settings });
  mustKeepBounds(cluster.settle());
  for (const path of instance.cluster.manifests) {
    const documents = manifests.get(path);
    if (!documents) throw new Error(`the cluster starts with "${path}", which the exercise does not hold`);
    for (const { response, document, printed } of cluster.apply(documents, { namespace: instance.namespace })) {
      if (!response.ok) throw new Error(`${path}, document ${document.index + 1}: ${printed}`);
    }
  }
  return cluster;
}

/** An exercise's own cluster keeps within its bounds. */
export function mustKeepBounds(report: SettleReport): void {
  if (report.kind === 'limited') throw new Error(`the initial cluster does not settle: ${report.bound} is hit`);
}
