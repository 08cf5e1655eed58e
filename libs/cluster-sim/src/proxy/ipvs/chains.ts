import { rangeOf, type AddressRange } from '../../network/ipv4.ts';
import { markMasquerade } from '../iptables/base-chains.ts';
import type { Chain, Match, Rule, Target } from '../iptables/rule.ts';
import type { LowerProtocol } from '../service-map.ts';
import { nodePortSets, type IpSets, type IpSetName } from './ip-set.ts';
import type { GuardedVIP } from './service-rules.ts';

/** The few chains of this mode; all that differs from Service to Service is in sets: proxier.go writeIptablesRules. */
export interface IpvsChains {
  readonly prerouting: Chain;
  /** The same rules as `prerouting`, for what the node sends itself. */
  readonly natOutput: Chain;
  readonly postrouting: Chain;
  readonly input: Chain;
  readonly forward: Chain;
  readonly filterOutput: Chain;
  /** All but the built-in ones. */
  readonly nat: readonly Chain[];
  readonly filter: readonly Chain[];
}

const localnet = rangeOf(0x7f000000, 8);
const toLocal: Match = { kind: 'localAddress', side: 'destination' };

export function ipvsChains(sets: IpSets, podRange: AddressRange, guarded: readonly GuardedVIP[]): IpvsChains {
  const nat = natChains(sets, podRange);
  const filter = filterChains(sets, guarded);
  const portals = [jump(nat.services, comment('kubernetes service portals'))];
  const firewall = jump(filter.firewall, comment('kube-proxy firewall rules'));
  return {
    prerouting: { name: 'PREROUTING', rules: portals },
    natOutput: { name: 'OUTPUT', rules: portals },
    postrouting: { name: 'POSTROUTING', rules: [jump(nat.postrouting, comment('kubernetes postrouting rules'))] },
    // Each jump is inserted at the head, so a later one stands before an earlier one.
    input: {
      name: 'INPUT',
      rules: [
        jump(filter.access, comment('kubernetes ipvs access filter')),
        firewall,
        jump(filter.nodePort, comment('kubernetes health check rules')),
      ],
    },
    forward: { name: 'FORWARD', rules: [firewall, jump(filter.forward, comment('kubernetes forwarding rules'))] },
    filterOutput: {
      name: 'OUTPUT',
      rules: [jump(filter.accessFromNode, comment('kubernetes ipvs access filter'))],
    },
    nat: [nat.services, nat.postrouting, nat.nodePort, nat.loadBalancer, markMasquerade],
    filter: Object.values(filter),
  };
}

function natChains(sets: IpSets, podRange: AddressRange) {
  const loadBalancer: Chain = {
    name: 'KUBE-LOAD-BALANCER',
    rules: [...inSet(sets, 'KUBE-LOAD-BALANCER-LOCAL', { kind: 'return' }), jump(markMasquerade)],
  };
  const nodePort: Chain = {
    name: 'KUBE-NODE-PORT',
    rules: [...nodePortRules(sets, 'tcp'), ...nodePortRules(sets, 'udp'), ...nodePortRules(sets, 'sctp')],
  };
  const mark: Target = { kind: 'jump', chain: markMasquerade };
  const fromOutside: Match = { kind: 'source', range: podRange, negated: true };
  const services: Chain = {
    name: 'KUBE-SERVICES',
    rules: [
      { matches: [{ kind: 'source', range: localnet }], target: { kind: 'return' } },
      ...inSet(sets, 'KUBE-LOAD-BALANCER', { kind: 'jump', chain: loadBalancer }),
      ...inSet(sets, 'KUBE-CLUSTER-IP', mark, [fromOutside]),
      ...inSet(sets, 'KUBE-EXTERNAL-IP', mark),
      ...externalRules(sets, 'KUBE-EXTERNAL-IP'),
      ...externalRules(sets, 'KUBE-EXTERNAL-IP-LOCAL'),
      { matches: [toLocal], target: { kind: 'jump', chain: nodePort } },
      ...accepted(sets, 'KUBE-CLUSTER-IP'),
      ...accepted(sets, 'KUBE-LOAD-BALANCER'),
    ],
  };
  const postrouting: Chain = {
    name: 'KUBE-POSTROUTING',
    rules: [
      ...inSet(sets, 'KUBE-LOOP-BACK', { kind: 'masquerade' }, [], 'dst,dst,src'),
      { matches: [{ kind: 'mark', negated: true }], target: { kind: 'return' } },
      { matches: [], target: { kind: 'clearMark' } },
      { matches: [comment('kubernetes service traffic requiring SNAT')], target: { kind: 'masquerade' } },
    ],
  };
  return { services, postrouting, nodePort, loadBalancer };
}

/** What policy Local keeps the client's address of returns before it is marked. */
function nodePortRules(sets: IpSets, protocol: LowerProtocol): Rule[] {
  const { all, local, fields } = nodePortSets[protocol];
  const match: Match = { kind: 'protocol', protocol };
  return [
    ...inSet(sets, local, { kind: 'return' }, [match], fields),
    ...inSet(sets, all, { kind: 'jump', chain: markMasquerade }, [match], fields),
  ];
}

/** External IPs are not looked at as node ports any more. */
function externalRules(sets: IpSets, name: IpSetName): Rule[] {
  const fromElsewhere: Match[] = [{ kind: 'notBridged' }, { kind: 'localAddress', side: 'source', negated: true }];
  return [...inSet(sets, name, { kind: 'accept' }, fromElsewhere), ...inSet(sets, name, { kind: 'accept' }, [toLocal])];
}

function filterChains(sets: IpSets, guarded: readonly GuardedVIP[]) {
  const sourceRanges: Chain = {
    name: 'KUBE-SOURCE-RANGES-FIREWALL',
    rules: [
      ...inSet(sets, 'KUBE-LOAD-BALANCER-SOURCE-CIDR', { kind: 'return' }, [], 'dst,dst,src'),
      ...inSet(sets, 'KUBE-LOAD-BALANCER-SOURCE-IP', { kind: 'return' }, [], 'dst,dst,src'),
      { matches: [], target: { kind: 'drop' } },
    ],
  };
  const firewall: Chain = {
    name: 'KUBE-PROXY-FIREWALL',
    rules: inSet(sets, 'KUBE-LOAD-BALANCER-FW', { kind: 'jump', chain: sourceRanges }),
  };
  const health = sets['KUBE-HEALTH-CHECK-NODE-PORT'];
  const nodePort: Chain = {
    name: 'KUBE-NODE-PORT',
    rules: [
      { matches: [comment(health.comment), { kind: 'set', set: health, fields: 'dst' }], target: { kind: 'accept' } },
    ],
  };
  const forward: Chain = {
    name: 'KUBE-FORWARD',
    rules: [
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
  return { access: accessFilter(sets), accessFromNode: nodeFilter(guarded), firewall, sourceRanges, nodePort, forward };
}

/** The addresses of Services are the node's own: without this filter whatever listens on the node would answer there. */
function accessFilter(sets: IpSets): Chain {
  const portals = ['KUBE-LOAD-BALANCER', 'KUBE-CLUSTER-IP', 'KUBE-EXTERNAL-IP', 'KUBE-EXTERNAL-IP-LOCAL'] as const;
  const lookup = (name: IpSetName, fields: string): Match => ({ kind: 'set', set: sets[name], fields });
  return {
    name: 'KUBE-IPVS-FILTER',
    rules: [
      ...portals.map((name): Rule => ({ matches: [lookup(name, 'dst,dst')], target: { kind: 'return' } })),
      { matches: [lookup('KUBE-HEALTH-CHECK-NODE-PORT', 'dst')], target: { kind: 'return' } },
      {
        matches: [{ kind: 'conntrack', states: ['NEW'] }, lookup('KUBE-IPVS-IPS', 'dst')],
        target: { kind: 'reject' },
      },
    ],
  };
}

/** A node speaks to its own load-balancer address from that address, which no source range can mean. */
function nodeFilter(guarded: readonly GuardedVIP[]): Chain {
  return {
    name: 'KUBE-IPVS-OUT-FILTER',
    rules: guarded.map(({ range, address, protocol, port }) => ({
      matches: [
        { kind: 'source', range },
        { kind: 'virtualServer', address, protocol, port },
      ],
      target: { kind: 'drop' },
    })),
  };
}

/** A rule that is only written while the set has entries. */
function inSet(sets: IpSets, name: IpSetName, target: Target, more: readonly Match[] = [], fields = 'dst,dst'): Rule[] {
  const set = sets[name];
  if (set.isEmpty) return [];
  return [{ matches: [comment(set.comment), { kind: 'set', set, fields }, ...more], target }];
}

function accepted(sets: IpSets, name: IpSetName): Rule[] {
  const set = sets[name];
  return set.isEmpty ? [] : [{ matches: [{ kind: 'set', set, fields: 'dst,dst' }], target: { kind: 'accept' } }];
}

function jump(chain: Chain, ...matches: readonly Match[]): Rule {
  return { matches, target: { kind: 'jump', chain } };
}

function comment(text: string): Match {
  return { kind: 'comment', text };
}
