import { parseAddress, rangeOf } from '../../network/ipv4.ts';
import { chainHash } from '../chain-hash.ts';
import type { EndpointInfo } from '../endpoint-map.ts';
import type { ServicePortInfo } from '../service-map.ts';
import { markMasquerade } from './base-chains.ts';
import type { Chain, Match } from './rule.ts';

// An EndpointInfo belongs to one Service port, so it stands for both.
const chains = new WeakMap<EndpointInfo, Chain>();

/** KUBE-SEP: the same on every node. Hairpin traffic is masqueraded; a client with affinity is noted down. */
export function endpointChain(port: ServicePortInfo, endpoint: EndpointInfo): Chain {
  const existing = chains.get(endpoint);
  if (existing) return existing;
  const name = `KUBE-SEP-${chainHash(port.name + port.protocol + endpoint.key)}`;
  const words: Match = { kind: 'comment', text: port.name };
  const itself: Match = { kind: 'source', range: rangeOf(parseAddress(endpoint.address) ?? 0, 32) };
  const remember: Match[] = port.affinitySeconds === undefined ? [] : [{ kind: 'recentSet', list: name }];
  const chain: Chain = {
    name,
    rules: [
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
    ],
  };
  chains.set(endpoint, chain);
  return chain;
}
