import type { Ratio } from '../../network/flow.ts';
import { one } from '../../network/ratio.ts';
import { fairChoice, weightedChoice, type Decide } from '../fair-choice.ts';
import type { Packet } from '../packet.ts';
import type { NodeMark, RuleWalk } from '../proxy-backend.ts';
import { inKernelOrder, realServersOf, stillThere, type RealServer } from './real-servers.ts';
import type { Candidates, Scheduler } from './schedulers.ts';
import { templateOf, type VirtualServer } from './virtual-server.ts';

/** A real server that the next connection may go to. */
export interface Choice {
  readonly server: RealServer;
  readonly probability: Ratio;
  readonly by: 'chance' | 'affinity';
  /** How many there are to choose from. */
  readonly count: number;
  readonly marks: readonly NodeMark[];
}

/** net/netfilter/ipvs/ip_vs_core.c ip_vs_schedule: none where the kernel finds no destination. */
export function balance(
  virtual: VirtualServer,
  scheduler: Scheduler,
  packet: Packet,
  walk: RuleWalk,
): readonly Choice[] {
  const servers = realServersOf(virtual, walk.balancer);
  const seconds = virtual.servicePort.affinitySeconds;
  if (seconds === undefined) return scheduled(virtual, scheduler, servers, packet, walk);
  const client = packet.source;
  const mark = ({ key }: RealServer): NodeMark => ({ list: templateOf(virtual, key), client });
  const lifetime = templateLifetime(seconds, packet.protocol);
  const known = servers.find(
    (server) => server.weight > 0 && walk.affinity.remembers(templateOf(virtual, server.key), client, lifetime),
  );
  if (known) {
    const count = virtual.realServers.length;
    return [{ server: known, probability: one, by: 'affinity', count, marks: [mark(known)] }];
  }
  return scheduled(virtual, scheduler, servers, packet, walk).map((choice) => ({
    ...choice,
    marks: [...choice.marks, mark(choice.server)],
  }));
}

/** How long the kernel keeps a connection that is over: ip_vs_proto_tcp.c TIME_WAIT, ip_vs_proto_udp.c. */
export const lingerSeconds = { TCP: 120, UDP: 300, SCTP: 120, ICMP: 0 } as const;

/** A template lives at least as long as its last connection; where it is still needed the kernel looks again after a minute. */
function templateLifetime(seconds: number, protocol: Packet['protocol']): number {
  return seconds + Math.max(0, Math.ceil((lingerSeconds[protocol] - seconds) / 60)) * 60;
}

function scheduled(
  virtual: VirtualServer,
  scheduler: Scheduler,
  present: readonly RealServer[],
  packet: Packet,
  walk: RuleWalk,
): readonly Choice[] {
  const count = virtual.realServers.length;
  const choiceOf = (server: RealServer, probability: Ratio, marks: readonly NodeMark[]): Choice => ({
    server,
    probability,
    by: 'chance',
    count,
    marks,
  });
  if (scheduler.isHash) {
    const candidates = scheduler.candidates({ packet, servers: present, used: [] });
    return chosen(candidates, walk).map(([server, probability]) => choiceOf(server, probability, []));
  }
  const { key: virtualServer } = virtual;
  const turn = walk.balancer.turnOf(virtualServer);
  const servers = inKernelOrder(present, turn, (those) => (walk.isDraw ? shuffle(those, walk.decide) : those));
  const order = servers.map(({ key }) => key);
  const isChanged = order.join() !== turn?.order.join();
  const used = isChanged && scheduler.forgetsOnChange ? [] : stillThere(turn, servers, scheduler.hasPlace ?? false);
  return chosen(scheduler.candidates({ packet, servers, used }), walk).map(([server, probability]) => {
    const remembered = [server.key, ...used.filter((known) => known !== server.key)].slice(0, scheduler.memory);
    return choiceOf(server, probability, [{ virtualServer, order, used: remembered }]);
  });
}

/** A trace shows all candidates alike: who has the turn depends on connections that others make in between. */
function chosen({ servers, slots }: Candidates, walk: RuleWalk): readonly (readonly [RealServer, Ratio])[] {
  const [first] = servers;
  if (!first) return [];
  if (walk.isDraw && !slots) return [[first, one]];
  const choices = slots ? weightedChoice(slots, walk.decide) : fairChoice(servers.length, walk.decide);
  return choices.map(({ index, probability }) => [servers[index] ?? first, probability]);
}

/** kube-proxy adds the servers that come at once in the order of a Go map: by chance. */
function shuffle(servers: readonly RealServer[], decide: Decide): readonly RealServer[] {
  const left = [...servers];
  const order: RealServer[] = [];
  while (left.length > 0) {
    const [drawn] = fairChoice(left.length, decide);
    order.push(...left.splice(drawn?.index ?? 0, 1));
  }
  return order;
}
