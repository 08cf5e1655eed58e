import type { DnsQueryType, DnsRecord } from '../cluster.ts';

/** A name server's answer to one question: the parts of the message that clients look at. NODATA: NOERROR without answers. */
export interface DnsMessage {
  readonly code: 'NOERROR' | 'NXDOMAIN' | 'REFUSED' | 'SERVFAIL';
  readonly answers: readonly DnsRecord[];
  /** The SOA record of the zone that says no. */
  readonly authority: readonly DnsRecord[];
  /** Addresses of the names that the answers lead to. */
  readonly additional: readonly DnsRecord[];
  /** Header flags aa, ra and tc. */
  readonly authoritative: boolean;
  readonly recursionAvailable: boolean;
  readonly truncated?: true;
}

export interface DnsQuestion {
  /** Fully qualified, with final dot. */
  readonly name: string;
  readonly type: DnsQueryType;
}

/** Sends one question to the name server at an address; undefined: nobody answers there. */
export type AskNameServer = (server: string, question: DnsQuestion) => DnsMessage | undefined;
