import type { Cluster } from '@kubedrill/cluster-sim';
import type { JsonObject } from '@kubedrill/kube-model';
import type { ApiCase } from './case-file.ts';
import type { Placeholders } from './placeholders.ts';

/** What a case is replayed with; one per case. */
export interface CaseContext {
  readonly cluster: Cluster;
  readonly case: ApiCase;
  readonly namespace: string;
  readonly placeholders: Placeholders;
  /** Manifests applied last, by kind, namespace and name: client-side apply needs them. */
  readonly applied: Map<string, JsonObject>;
}
