import type { Kind, KubeObject, ObjectOfKind } from '@kubedrill/kube-model';

/** Read access to the stored objects. All lists are in the order of creation, so that runs are repeatable. */
export interface ObjectView {
  readonly resourceVersion: number;
  get<K extends Kind>(kind: K, namespace: string, name: string): ObjectOfKind[K] | undefined;
  /** All objects of a kind; of one namespace when it is given ('' for cluster-scoped kinds). */
  list<K extends Kind>(kind: K, namespace?: string): readonly ObjectOfKind[K][];
  count(kind: Kind): number;
  /** Objects of the kind that an index lists under the value: see `indexers`. */
  indexed<K extends Kind>(kind: K, index: IndexName, value: string): readonly ObjectOfKind[K][];
  /** What happened after that resource version, oldest first; 'tooOld' when the log no longer reaches back so far. */
  eventsSince(resourceVersion: number): readonly WatchEvent[] | 'tooOld';
}

/**
 * Secondary indexes, so that the cost of a change does not grow with the size of the cluster.
 * owner: uid of an owner reference. node: Pod by spec.nodeName. service: EndpointSlice by "namespace/name" of the Service
 * that its label kubernetes.io/service-name gives. ip: Pod by status.podIP, Service by cluster IP.
 * label: "namespace/key=value" for Pods. nodePort: Service by node port and health-check node port.
 * hostPort: Pod with a network of its own by "protocol port" of its containers' host ports.
 * orphan: Pod, ReplicaSet and ControllerRevision without a controller, by namespace. selector: Service by "namespace/key=value" of one pair of its
 * selector (the one that its Pods must have in any case), so that few Services have to be asked whether they select a Pod.
 */
export type IndexName = 'owner' | 'node' | 'service' | 'ip' | 'label' | 'nodePort' | 'hostPort' | 'orphan' | 'selector';

export type WatchEventType = 'ADDED' | 'MODIFIED' | 'DELETED';

export interface WatchEvent {
  readonly type: WatchEventType;
  /** The state after the event; for DELETED the last state. */
  readonly object: KubeObject;
  /** The state before the event; absent for ADDED. */
  readonly previous?: KubeObject;
  readonly resourceVersion: number;
}
