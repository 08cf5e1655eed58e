import type { Cluster } from '@kubedrill/cluster-sim';
import type { Pulse } from '../pulse.ts';
import type { WireAnswer, WireRequest } from '../wire.ts';

/** What subresources work on that are not objects but a way to a process. */
export interface ConnectBackend {
  readonly cluster: Cluster;
  readonly pulse: Pulse;
}

/** What the request is about. */
export interface ConnectTarget {
  readonly namespace: string;
  readonly name: string;
  /** What stands behind the subresource: '' or "/some/path". */
  readonly rest: string;
}

export type Connector = (request: WireRequest, target: ConnectTarget, backend: ConnectBackend) => WireAnswer;
