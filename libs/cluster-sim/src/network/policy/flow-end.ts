import type { Pod, StringMap } from '@kubedrill/kube-model';

/** One end of a flow as policies see it. */
export interface FlowEnd {
  readonly address: string;
  /**
   * The Pod whose own network the address is in. A Pod in its node's network can't be told from the node, so that no selector finds
   * it (the commoner one of the two ways that the documentation of NetworkPolicy allows).
   */
  readonly pod?: Pod;
  /** Labels of the Pod's Namespace. */
  readonly namespaceLabels?: StringMap;
}
