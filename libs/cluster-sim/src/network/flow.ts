import type { Kind, Protocol } from '@kubedrill/kube-model';
import type { Duration } from '../engine/time.ts';

/** Where a flow starts. */
export type VantagePoint =
  | { readonly kind: 'pod'; readonly namespace: string; readonly name: string; readonly container?: string }
  | { readonly kind: 'node'; readonly name: string }
  /** A host outside of the cluster, declared in the cluster's options. */
  | { readonly kind: 'external'; readonly name: string };

/** A question to the network: what happens to a new connection (TCP), datagram (UDP, SCTP) or echo request (ICMP)? */
export interface Probe {
  readonly from: VantagePoint;
  /** A DNS name, resolved as the vantage point would, or an IP address. */
  readonly host: string;
  /** 1-65535; not used for ICMP. */
  readonly port: number;
  readonly protocol: Protocol | 'ICMP';
  /** What is asked once the connection stands; absent: the connection alone counts. */
  readonly http?: HttpRequest;
  /** How long the client waits for an answer; absent: as long as its kernel does. */
  readonly timeout?: Duration;
  /** Bytes sent to a server that does not speak HTTP ("PING\r\n"); ignored together with `http`. */
  readonly data?: string;
}

export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Over TLS. */
  readonly isSecure?: boolean;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Who accepted the connection. */
export interface Server {
  readonly kind: 'pod' | 'node' | 'external' | 'apiserver';
  readonly namespace?: string;
  readonly name: string;
  readonly container?: string;
  readonly address: string;
  readonly port: number;
}

/**
 * What became of a flow, as the client sees it. A closed list:
 * delivered: a process accepted. refused: TCP RST or ICMP port unreachable (ECONNREFUSED). timedOut: no answer ever came.
 * unreachable: the client's own kernel or an ICMP answer said so (errno names which;
 * EPERM: the host's own firewall did). nameNotFound: NXDOMAIN.
 * noAddress: the name exists without an address of the wanted family (NODATA). resolverFailed: the name server did not answer.
 * closed: accepted, then closed without an answer of the protocol that was spoken. deniedByPolicy: dropped because a NetworkPolicy
 * isolates the pod in that direction and none allows the flow; the client itself notices no more than with timedOut.
 * limited: a bound of the simulation was hit.
 */
export type Outcome =
  | {
      readonly kind: 'delivered';
      readonly server: Server;
      readonly source: string;
      readonly response?: HttpResponse;
      /** What a raw server sent: its greeting, then its answer to the probe's data. */
      readonly reply?: string;
    }
  | { readonly kind: 'refused' }
  | { readonly kind: 'timedOut' }
  | { readonly kind: 'unreachable'; readonly errno: 'ENETUNREACH' | 'EHOSTUNREACH' | 'EPERM' }
  | { readonly kind: 'nameNotFound'; readonly name: string }
  | { readonly kind: 'noAddress'; readonly name: string }
  | { readonly kind: 'resolverFailed'; readonly name: string }
  | { readonly kind: 'closed'; readonly server: Server }
  | {
      readonly kind: 'deniedByPolicy';
      readonly direction: PolicyDirection;
      /** The one whose policies decided. */
      readonly pod: { readonly namespace: string; readonly name: string };
    }
  | { readonly kind: 'limited'; readonly bound: string };

export type OutcomeKind = Outcome['kind'];

/** As seen from the pod whose policies are asked. */
export type PolicyDirection = 'ingress' | 'egress';

/** The field of an object that a decision comes from: what feedback leads back to the line in the learner's file. */
export interface Evidence {
  readonly kind: Kind;
  readonly namespace: string;
  readonly name: string;
  readonly path: readonly (string | number)[];
}

export type HopKind = 'resolver' | 'route' | 'service' | 'rule' | 'endpoint' | 'nat' | 'policy' | 'node' | 'process';

/** One station of a flow, in words for a person and with the evidence for a machine. */
export interface Hop {
  readonly kind: HopKind;
  /** Where it happened: "pod default/web-1", "node node-2", "10.96.0.10". */
  readonly at: string;
  /** One sentence: "DNAT to 10.244.1.5:5678 (1 of 2 endpoints of default/api:http)". */
  readonly text: string;
  /** The rule as the real tool would print it, where one decided. */
  readonly rule?: string;
  readonly evidence?: readonly Evidence[];
}

/** An exact probability; lowest terms, denominator positive. */
export interface Ratio {
  readonly numerator: number;
  readonly denominator: number;
}

export interface TracedOutcome {
  readonly probability: Ratio;
  readonly outcome: Outcome;
  readonly hops: readonly Hop[];
}

/** All that can happen to a probe. The probabilities add up to exactly 1. */
export interface Trace {
  readonly probe: Probe;
  readonly outcomes: readonly TracedOutcome[];
}
