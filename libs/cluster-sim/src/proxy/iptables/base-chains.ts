import { rangeOf } from '../../network/ipv4.ts';
import type { Chain, Match, Rule } from './rule.ts';

/** The chains that are the same on every node, whatever Services there are: pkg/proxy/iptables/proxier.go. */

const localnet = rangeOf(0x7f000000, 8);
const isNew: Match = { kind: 'conntrack', states: ['NEW'] };

function comment(text: string): Match {
  return { kind: 'comment', text };
}

export const markMasquerade: Chain = { name: 'KUBE-MARK-MASQ', rules: [{ matches: [], target: { kind: 'setMark' } }] };

export const postrouting: Chain = {
  name: 'KUBE-POSTROUTING',
  rules: [
    { matches: [{ kind: 'mark', negated: true }], target: { kind: 'return' } },
    { matches: [], target: { kind: 'clearMark' } },
    { matches: [comment('kubernetes service traffic requiring SNAT')], target: { kind: 'masquerade' } },
  ],
};

/** A chain that kube-proxy only watches, to notice when somebody has flushed the rules. */
export const canary: Chain = { name: 'KUBE-PROXY-CANARY', rules: [] };

export const forward: Chain = {
  name: 'KUBE-FORWARD',
  rules: [
    {
      matches: [
        { kind: 'conntrack', states: ['INVALID'] },
        { kind: 'accounting', counter: 'ct_state_invalid_dropped_pkts' },
      ],
      target: { kind: 'drop' },
    },
    { matches: [comment('kubernetes forwarding rules'), { kind: 'mark' }], target: { kind: 'accept' } },
    {
      matches: [
        comment('kubernetes forwarding conntrack rule'),
        { kind: 'conntrack', states: ['RELATED', 'ESTABLISHED'] },
      ],
      target: { kind: 'accept' },
    },
  ],
};

/** Guards what route_localnet opens: nobody but the node may use its 127.0.0.0/8. */
export const kubeletFirewall: Chain = {
  name: 'KUBE-FIREWALL',
  rules: [
    {
      matches: [
        { kind: 'source', range: localnet, negated: true },
        { kind: 'destination', range: localnet },
        comment('block incoming localnet connections'),
        { kind: 'conntrack', states: ['RELATED', 'ESTABLISHED', 'DNAT'], negated: true },
      ],
      target: { kind: 'drop' },
    },
  ],
};

export function toNodePorts(nodePorts: Chain): Rule {
  const words = comment('kubernetes service nodeports; NOTE: this must be the last rule in this chain');
  return {
    matches: [words, { kind: 'localAddress', side: 'destination' }],
    target: { kind: 'jump', chain: nodePorts },
  };
}

/** The shared chains that Services fill. */
export interface SharedChains {
  readonly services: Chain;
  readonly nodePorts: Chain;
}

/** nat's built-in chains. Each jump is inserted at the head, so a later one stands before an earlier one. */
export function natHooks({ services }: SharedChains): readonly Chain[] {
  const toServices: Rule = {
    matches: [comment('kubernetes service portals')],
    target: { kind: 'jump', chain: services },
  };
  const leave: Rule = {
    matches: [comment('kubernetes postrouting rules')],
    target: { kind: 'jump', chain: postrouting },
  };
  return [
    { name: 'PREROUTING', rules: [toServices] },
    { name: 'OUTPUT', rules: [toServices] },
    { name: 'POSTROUTING', rules: [leave] },
  ];
}

export interface FilterChains extends SharedChains {
  readonly external: Chain;
  readonly firewall: Chain;
}

export function filterHooks(chains: FilterChains): readonly Chain[] {
  const guard: Rule = { matches: [], target: { kind: 'jump', chain: kubeletFirewall } };
  const firewall: Rule = {
    matches: [isNew, comment('kubernetes load balancer firewall')],
    target: { kind: 'jump', chain: chains.firewall },
  };
  const health: Rule = {
    matches: [comment('kubernetes health check service ports')],
    target: { kind: 'jump', chain: chains.nodePorts },
  };
  const external: Rule = {
    matches: [isNew, comment('kubernetes externally-visible service portals')],
    target: { kind: 'jump', chain: chains.external },
  };
  const portals: Rule = {
    matches: [isNew, comment('kubernetes service portals')],
    target: { kind: 'jump', chain: chains.services },
  };
  const forwarding: Rule = {
    matches: [comment('kubernetes forwarding rules')],
    target: { kind: 'jump', chain: forward },
  };
  return [
    { name: 'INPUT', rules: [guard, firewall, health, external] },
    { name: 'FORWARD', rules: [firewall, forwarding, portals, external] },
    { name: 'OUTPUT', rules: [guard, firewall, portals] },
  ];
}
