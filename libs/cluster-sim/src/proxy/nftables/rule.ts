import type { AddressRange } from '../../network/ipv4.ts';
import type { RuleOrigin } from '../rule-origin.ts';
import type { LowerProtocol } from '../service-map.ts';

export type SetName = 'cluster-ips' | 'nodeport-ips';
export type MapName =
  'service-ips' | 'service-nodeports' | 'no-endpoint-services' | 'no-endpoint-nodeports' | 'firewall-ips';

export type Match =
  /** All packets that are walked are the first of their flow. */
  | { readonly kind: 'new' }
  | { readonly kind: 'destinationInSet'; readonly set: SetName }
  | { readonly kind: 'destinationIn'; readonly ranges: readonly AddressRange[] }
  | { readonly kind: 'source'; readonly range: AddressRange; readonly negated?: boolean }
  | { readonly kind: 'sourceNotAmong'; readonly ranges: readonly AddressRange[] }
  | { readonly kind: 'localSource' | 'marked' | 'hairpin' }
  | { readonly kind: 'protocol'; readonly protocol: LowerProtocol }
  /** The client is in an endpoint's affinity set. */
  | { readonly kind: 'remembered'; readonly set: string; readonly seconds: number };

export interface Target {
  readonly address: string;
  readonly port: number;
  readonly origin: RuleOrigin;
}

export type Action =
  | { readonly kind: 'jump' | 'goto'; readonly chain: Chain }
  | { readonly kind: 'setMark' | 'masquerade' | 'clearMarkAndMasquerade' | 'drop' | 'reject' }
  /** A verdict map, by address, protocol and port, or by protocol and port alone. */
  | { readonly kind: 'lookup'; readonly map: MapName; readonly by: 'address' | 'port' }
  | { readonly kind: 'dnatToOneOf'; readonly targets: readonly Target[] }
  | { readonly kind: 'gotoOneOf'; readonly chains: readonly Chain[] }
  | { readonly kind: 'remember'; readonly set: string }
  | { readonly kind: 'dnat'; readonly target: Target };

export interface Rule {
  readonly matches: readonly Match[];
  readonly action: Action;
  readonly comment?: string;
  readonly origin?: RuleOrigin;
}

export interface Chain {
  readonly name: string;
  readonly rules: readonly Rule[];
  /** Type, hook and priority of a base chain. */
  readonly base?: string;
  readonly comment?: string;
}

/** An element of a verdict map. */
export interface MapElement {
  /** "10.96.0.1 . tcp . 443" or "tcp . 30080". */
  readonly key: string;
  readonly verdict: { readonly kind: 'goto'; readonly chain: Chain } | { readonly kind: 'drop' };
  readonly comment?: string;
  readonly origin?: RuleOrigin;
}

export type MapElements = ReadonlyMap<MapName, ReadonlyMap<string, MapElement>>;

/** A set of clients of one endpoint. */
export interface AffinitySet {
  readonly name: string;
  readonly seconds: number;
}
