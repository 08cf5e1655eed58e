import type { HopTeller } from '../../network/flight.ts';
import type { Packet } from '../packet.ts';
import { hopOf, type RuleOrigin } from '../rule-origin.ts';
import type { Choice } from './balance.ts';
import { saveRealServer, saveVirtualServer } from './printer.ts';
import type { IpvsScheduler } from './schedulers.ts';
import type { VirtualServer } from './virtual-server.ts';

type Told = Exclude<RuleOrigin, { kind: 'choice' }>;

/** Tells in words what the kernel of a node has done. */
export class IpvsHops {
  private readonly at: string;
  private readonly scheduler: IpvsScheduler;
  private readonly servers: ReadonlyMap<string, VirtualServer>;

  constructor(at: string, scheduler: IpvsScheduler, servers: ReadonlyMap<string, VirtualServer>) {
    this.at = at;
    this.scheduler = scheduler;
    this.servers = servers;
  }

  recognized(server: VirtualServer): HopTeller {
    const { servicePort: port, by, address } = server;
    return this.hop({ kind: 'address', port, by, address }, () => saveVirtualServer(server, this.scheduler), address);
  }

  unserved(server: VirtualServer): HopTeller {
    const { servicePort: port, by, address, endpoints } = server;
    const isLocalOnly = by === 'clusterIP' && port.internalPolicyLocal && endpoints.some(({ serving }) => serving);
    const origin: Told = isLocalOnly
      ? { kind: 'noLocalEndpoints', port, traffic: 'internal', verdict: 'refused' }
      : { kind: 'noEndpoints', port, endpoints };
    return this.hop(origin, () => saveVirtualServer(server, this.scheduler), address);
  }

  sent(server: VirtualServer, choice: Choice): readonly HopTeller[] {
    const { servicePort: port, address } = server;
    const { endpoint } = choice.server;
    if (!endpoint) return [];
    const rule = () => saveRealServer(server, choice.server);
    return [this.hop({ kind: 'endpoint', port, endpoint }, rule, address, choice)];
  }

  /** Only one rule drops at each hook, and it is about source ranges. */
  dropped({ destination }: Packet, server: VirtualServer, chain: string): HopTeller {
    return this.hop({ kind: 'sourceRanges', port: server.servicePort }, () => `-A ${chain} -j DROP`, destination);
  }

  rejected({ destination }: Packet): HopTeller {
    const rule = '-A KUBE-IPVS-FILTER -m conntrack --ctstate NEW -m set --match-set KUBE-IPVS-IPS dst -j REJECT';
    const portsOf = () => new Map([...this.servers.values()].map(({ address, servicePort }) => [address, servicePort]));
    const { at } = this;
    return () => hopOf({ kind: 'undeclaredPort', ports: portsOf() }, { at, rule, destination, choice: undefined });
  }

  private hop(origin: Told, rule: () => string, destination: string, choice?: Choice): HopTeller {
    const { at } = this;
    return () => hopOf(origin, { at, rule: rule(), destination, choice });
  }
}
