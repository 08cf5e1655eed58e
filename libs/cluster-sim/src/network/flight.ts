import type { Outcome, Hop, Ratio } from './flow.ts';
import type { NodeMark } from '../proxy/proxy-backend.ts';
import type { Packet } from '../proxy/packet.ts';
import type { Place } from './network-map.ts';

export interface FlowAddresses {
  readonly source: string;
  readonly destination: string;
  readonly destinationPort: number;
}

/** A conntrack entry: what a node (or a load balancer at the 'gateway') has made of a flow's addresses. */
export interface Translation {
  readonly node: string;
  readonly before: FlowAddresses;
  readonly after: FlowAddresses;
}

/** Tells of a hop when somebody asks: of most flows only the outcome counts. */
export type HopTeller = () => Hop;

/** The first packet of a flow under way, and what has happened to it so far. */
export interface Flight {
  readonly packet: Packet;
  readonly probability: Ratio;
  readonly hops: readonly HopTeller[];
  readonly marks: readonly (NodeMark & { readonly node: string })[];
  readonly translations: readonly Translation[];
  /** Routers that may still pass it on. */
  readonly timeToLive: number;
}

/** A flight that is over. */
export interface Landing {
  readonly flight: Flight;
  readonly outcome: Outcome;
  /** Where it ended, when somebody there took it. */
  readonly place?: Place;
}

export function withHop(flight: Flight, hop: HopTeller): Flight {
  return { ...flight, hops: [...flight.hops, hop] };
}

export function addressesOf({ source, destination, destinationPort }: Packet): FlowAddresses {
  return { source, destination, destinationPort };
}

/** Notes what the node has changed between the packet's coming and its going. */
export function translated(flight: Flight, node: string, before: FlowAddresses): Flight {
  const after = addressesOf(flight.packet);
  const same =
    before.source === after.source &&
    before.destination === after.destination &&
    before.destinationPort === after.destinationPort;
  return same ? flight : { ...flight, translations: [...flight.translations, { node, before, after }] };
}

/** What nodes and load balancers on the way have made of the flow's destination. */
export function redirections({ translations }: Flight): readonly Translation[] {
  return translations.filter(({ before, after }) => before.destination !== after.destination);
}

export function describeDestination({ protocol, destination, destinationPort }: Packet): string {
  return protocol === 'ICMP' ? destination : `${destination}:${destinationPort}/${protocol}`;
}
