import type { AddressRange } from '../../network/ipv4.ts';
import type { Packet } from '../packet.ts';
import type { RuleOrigin } from '../rule-origin.ts';
import type { LowerProtocol } from '../service-map.ts';

/** Part of a rule that looks at the packet (or only adds words: comment, nfacct). */
export type Match =
  | { readonly kind: 'source' | 'destination'; readonly range: AddressRange; readonly negated?: boolean }
  | { readonly kind: 'protocol'; readonly protocol: LowerProtocol; readonly destinationPort?: number }
  | { readonly kind: 'comment'; readonly text: string }
  /** Matches one packet in n. */
  | { readonly kind: 'statistic'; readonly oneIn: number }
  | { readonly kind: 'recentCheck'; readonly list: string; readonly seconds: number }
  | { readonly kind: 'recentSet'; readonly list: string }
  | { readonly kind: 'localAddress'; readonly side: 'source' | 'destination'; readonly negated?: boolean }
  /** All packets that are walked are the first of their flow: state NEW. */
  | { readonly kind: 'conntrack'; readonly states: readonly ConntrackState[]; readonly negated?: boolean }
  | { readonly kind: 'mark'; readonly negated?: boolean }
  | { readonly kind: 'accounting'; readonly counter: string }
  /** Which addresses and ports of the packet are looked up in an ipset: "dst,dst". */
  | { readonly kind: 'set'; readonly set: MatchedSet; readonly fields: string }
  /** Not forwarded by a bridge; in this network nothing is. */
  | { readonly kind: 'notBridged' }
  /** To a virtual server of IPVS. */
  | {
      readonly kind: 'virtualServer';
      readonly address: string;
      readonly protocol: LowerProtocol;
      readonly port: number;
    };

/** An ipset, as far as rules look into it. */
export interface MatchedSet {
  readonly name: string;
  has(packet: Packet): boolean;
}

export type ConntrackState = 'NEW' | 'INVALID' | 'RELATED' | 'ESTABLISHED' | 'DNAT';

export type Target =
  | { readonly kind: 'jump'; readonly chain: Chain }
  | { readonly kind: 'setMark' | 'clearMark' | 'masquerade' | 'reject' | 'drop' | 'accept' | 'return' | 'none' }
  | { readonly kind: 'dnat'; readonly address: string; readonly port: number };

export interface Rule {
  readonly matches: readonly Match[];
  readonly target: Target;
  /** What the rule stands for, where it explains something to a person. */
  readonly origin?: RuleOrigin;
}

export interface Chain {
  readonly name: string;
  readonly rules: readonly Rule[];
  /** The rules that can match the packet at all, in order, where the chain can tell without looking at each. */
  candidates?(packet: Packet): readonly Rule[];
}
