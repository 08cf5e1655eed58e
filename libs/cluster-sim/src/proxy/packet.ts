import type { Protocol } from '@kubedrill/kube-model';

/** The first packet of a flow, as it is at one point of its way. */
export interface Packet {
  readonly protocol: Protocol | 'ICMP';
  readonly source: string;
  readonly destination: string;
  /** 0 for ICMP. */
  readonly destinationPort: number;
  /** Carries the mark 0x4000: it leaves this node with the node's address. */
  readonly marked: boolean;
  /** Whether this node has rewritten its destination. */
  readonly translated: boolean;
}

/** The points where netfilter sees a packet on its way through a node. */
export type Hook = 'prerouting' | 'input' | 'forward' | 'output' | 'postrouting';
