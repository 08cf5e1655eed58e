import { parseAddress, rangeOf } from '../../network/ipv4.ts';
import type { EndpointInfo } from '../endpoint-map.ts';
import type { ServicePortInfo } from '../service-map.ts';
import { markMasquerade } from './base-chains.ts';
import { chainName, PortChain } from './chain-name.ts';
import type { Chain, Match, Rule } from './rule.ts';

// An EndpointInfo belongs to one Service port, so it stands for both.
const chains = new WeakMap<EndpointInfo, Chain>();

/** KUBE-SEP: the same on every node. Hairpin traffic is masqueraded; a client with affinity is noted down. */
export function endpointChain(port: ServicePortInfo, endpoint: EndpointInfo): Chain {
  const existing = chains.get(endpoint);
  if (existing) return existing;
  const words: Match = { kind: 'comment', text: port.name };
  const itself: Match = { kind: 'source', range: rangeOf(parseAddress(endpoint.address) ?? 0, 32) };
  const remember: Match[] =
    port.affinitySeconds === undefined ? [] : [{ kind: 'recentSet', list: chainName('KUBE-SEP', port, endpoint) }];
  const rules: Rule[] = [
    {
      matches: [itself, words],
      target: { kind: 'jump', chain: markMasquerade },
      origin: { kind: 'hairpin', port },
    },
    {
      matches: [words, ...remember, { kind: 'protocol', protocol: port.protocol }],
      target: { kind: 'dnat', address: endpoint.address, port: endpoint.port },
      origin: { kind: 'endpoint', port, endpoint },
    },
  ];
  const chain = new PortChain('KUBE-SEP', port, rules, endpoint);
  chains.set(endpoint, chain);
  return chain;
}
