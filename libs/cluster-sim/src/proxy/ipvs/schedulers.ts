import { parseAddress } from '../../network/ipv4.ts';
import type { Packet } from '../packet.ts';
import type { RealServer } from './real-servers.ts';

/** The schedulers that kube-proxy's documentation names (--ipvs-scheduler); the kernel has a few more. */
export const ipvsSchedulers = ['rr', 'wrr', 'lc', 'wlc', 'lblc', 'lblcr', 'sh', 'dh', 'sed', 'nq', 'mh'] as const;

export type IpvsScheduler = (typeof ipvsSchedulers)[number];

/** What a scheduler looks at. */
export interface Scheduling {
  readonly packet: Packet;
  /** In the order in which the kernel keeps them; the weight is 0 or 1. */
  readonly servers: readonly RealServer[];
  /** Servers that were chosen before, the last one first, as far as the scheduler remembers them. */
  readonly used: readonly string[];
}

/** Whom the kernel takes: the first candidate, or where `slots` says so each with a chance of so many slots. */
export interface Candidates {
  readonly servers: readonly RealServer[];
  readonly slots?: readonly number[];
}

export interface Scheduler {
  candidates(scheduling: Scheduling): Candidates;
  /** How many of the chosen servers it remembers. */
  readonly memory: number;
  /** Whether the packet decides, and who was chosen before does not matter. */
  readonly isHash?: boolean;
  /** Whether it goes on from a place in the list, which stays when the server there has gone. */
  readonly hasPlace?: boolean;
  /** Whether it starts anew when servers come or go. */
  readonly forgetsOnChange?: boolean;
}

function usable(servers: readonly RealServer[]): readonly RealServer[] {
  return servers.filter(({ weight }) => weight > 0);
}

/** net/netfilter/ipvs/ip_vs_rr.c: whoever follows the last one. With equal weights ip_vs_wrr.c does the same. */
function inTurn({ servers, used: [last] }: Scheduling): Candidates {
  const next = servers.findIndex(({ key }) => key === last) + 1;
  return { servers: usable([...servers.slice(next), ...servers.slice(0, next)]) };
}

type Load = (server: RealServer) => number;

/** An active connection weighs as much as 256 that are being closed: ip_vs.h ip_vs_dest_conn_overhead. */
const overhead: Load = ({ active, inactive }) => active * 256 + inactive;

/** ip_vs_sed.c: counts the connection that is to come. */
const expectedDelay: Load = ({ active }) => active + 1;

function leastLoaded(servers: readonly RealServer[], load: Load): Candidates {
  const candidates = usable(servers);
  const least = Math.min(...candidates.map(load));
  return { servers: candidates.filter((server) => load(server) === least) };
}

/** ip_vs_nq.c: an idle one if there is one. */
function neverQueued({ servers }: Scheduling): Candidates {
  const idle = usable(servers).filter(({ active }) => active === 0);
  return idle.length > 0 ? { servers: idle } : leastLoaded(servers, expectedDelay);
}

/** ip_vs_lblc.c: one server for each destination, until it has too much to do while another one is idle. */
function byLocality({ servers, used }: Scheduling): Candidates {
  const known = usable(servers).filter(({ key }) => used.includes(key));
  const [first] = leastLoaded(known, overhead).servers;
  const isOverloaded = first !== undefined && first.active > first.weight && servers.some(isIdle);
  return first && !isOverloaded ? { servers: [first] } : leastLoaded(servers, overhead);
}

function isIdle({ active, weight }: RealServer): boolean {
  return active * 2 < weight;
}

/** ip_vs_sh.c and ip_vs_dh.c: a table of 256 places, filled with the servers in turn; an unusable one's places stay its own. */
function byHash(servers: readonly RealServer[], address: string): Candidates {
  const server = servers[hash32(parseAddress(address) ?? 0) % servers.length];
  return { servers: server && server.weight > 0 ? [server] : [] };
}

/** include/linux/hash.h hash_32, to 8 bits. */
function hash32(value: number): number {
  return Math.imul(value, 0x61c88647) >>> 24;
}

/** ip_vs_mh.c: places of the look-up table, by default. */
const maglevPlaces = 4093;

/**
 * kube-proxy has the client's port hashed too (mh-port), so chance decides by connection: each server has as many places as
 * any other, but for one that is left over. An unusable server has none.
 */
function byMaglev({ servers }: Scheduling): Candidates {
  const candidates = usable(servers);
  const each = Math.floor(maglevPlaces / candidates.length);
  const left = maglevPlaces % candidates.length;
  return { servers: candidates, slots: candidates.map((_, index) => each + (index < left ? 1 : 0)) };
}

export const schedulers: { readonly [S in IpvsScheduler]: Scheduler } = {
  rr: { candidates: inTurn, memory: 1, hasPlace: true },
  wrr: { candidates: inTurn, memory: 1, hasPlace: true, forgetsOnChange: true },
  lc: { candidates: ({ servers }) => leastLoaded(servers, overhead), memory: 0 },
  wlc: { candidates: ({ servers }) => leastLoaded(servers, overhead), memory: 0 },
  lblc: { candidates: byLocality, memory: 1 },
  lblcr: { candidates: byLocality, memory: 100 },
  sh: { candidates: ({ servers, packet }) => byHash(servers, packet.source), memory: 0, isHash: true },
  dh: { candidates: ({ servers, packet }) => byHash(servers, packet.destination), memory: 0, isHash: true },
  sed: { candidates: ({ servers }) => leastLoaded(servers, expectedDelay), memory: 0 },
  nq: { candidates: neverQueued, memory: 0 },
  mh: { candidates: byMaglev, memory: 0, isHash: true },
};
