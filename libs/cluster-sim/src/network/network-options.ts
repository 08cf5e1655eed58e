/** The network around the cluster, where it differs from the defaults. */
export interface NetworkOptions {
  /** All pod addresses; each node has a part of them (Node.spec.podCIDR). kube-proxy's clusterCIDR. Default 10.244.0.0/16. */
  readonly podRange?: string;
  /** The link that the nodes share. Default: the /24 around the first node's address. */
  readonly nodeRange?: string;
  /** Where nodes and hosts send what they have no other route for. Default: the first address of nodeRange. */
  readonly gateway?: string;
  /** What pods send to addresses outside of podRange leaves with their node's address, as with most CNI plugins. Default true. */
  readonly egressMasquerade?: boolean;
  /** Whether the container network serves hostPort, as most do with the CNI plug-in portmap. Default true. */
  readonly hostPorts?: boolean;
  readonly routes?: readonly StaticRoute[];
}

/** A route besides those that follow from the addresses. */
export interface StaticRoute {
  /** The name of a node or an external host, or 'gateway'. */
  readonly on: string;
  /** CIDR. */
  readonly destination: string;
  /** The name of a node. */
  readonly via: string;
}
