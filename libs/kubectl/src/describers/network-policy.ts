import { formatLabelSelector } from '@kubedrill/cluster-sim';
import type { NetworkPolicy, NetworkPolicyPeer, NetworkPolicyPort } from '@kubedrill/kube-model';
import type { Describer } from './describer.ts';
import { orNone, type Sheet } from './sheet.ts';

/** describeNetworkPolicy. */
export const describeNetworkPolicy: Describer<'NetworkPolicy'> = (sheet, { metadata, spec }) => {
  sheet.field('Name', metadata.name);
  sheet.field('Namespace', metadata.namespace ?? '');
  sheet.field('Created on', `${metadata.creationTimestamp.replace('T', ' ').replace('Z', '')} +0000 UTC`);
  sheet.labels('Labels', metadata.labels);
  sheet.annotations('Annotations', metadata.annotations);
  sheet.line('Spec:');
  sheet.write('PodSelector: ', 1);
  const { matchLabels = {}, matchExpressions = [] } = spec.podSelector;
  const isEmpty = Object.keys(matchLabels).length === 0 && matchExpressions.length === 0;
  sheet.line(
    isEmpty
      ? '<none> (Allowing the specific traffic to all pods in this namespace)'
      : formatLabelSelector(spec.podSelector),
    2,
  );
  describeDirections(sheet, spec);
};

function describeDirections(
  sheet: Sheet,
  { policyTypes = [], ingress = [], egress = [] }: NetworkPolicy['spec'],
): void {
  if (policyTypes.includes('Ingress')) {
    sheet.line('Allowing ingress traffic:', 1);
    describeRules(
      sheet,
      ingress.map(({ ports, from }) => ({ ports, peers: from })),
      ingressWords,
    );
  } else sheet.line('Not affecting ingress traffic', 1);
  if (policyTypes.includes('Egress')) {
    sheet.line('Allowing egress traffic:', 1);
    describeRules(
      sheet,
      egress.map(({ ports, to }) => ({ ports, peers: to })),
      egressWords,
    );
  } else sheet.line('Not affecting egress traffic', 1);
  sheet.line(`Policy Types: ${orNone(policyTypes.join(', '))}`, 1);
}

interface DirectionWords {
  readonly isolated: string;
  readonly peer: string;
  readonly anyPeer: string;
}

const ingressWords: DirectionWords = {
  isolated: 'ingress',
  peer: 'From',
  anyPeer: 'traffic not restricted by source',
};

const egressWords: DirectionWords = {
  isolated: 'egress',
  peer: 'To',
  anyPeer: 'traffic not restricted by destination',
};

interface Rule {
  readonly ports: readonly NetworkPolicyPort[] | undefined;
  readonly peers: readonly NetworkPolicyPeer[] | undefined;
}

/** In angle brackets, which would be taken for a type's. */
const anything = '\u003cany>';

/** printNetworkPolicySpecIngressFrom, printNetworkPolicySpecEgressTo. */
function describeRules(sheet: Sheet, rules: readonly Rule[], words: DirectionWords): void {
  if (rules.length === 0) sheet.line(`<none> (Selected pods are isolated for ${words.isolated} connectivity)`, 2);
  rules.forEach(({ ports = [], peers = [] }, index) => {
    if (index > 0) sheet.line('----------', 2);
    if (ports.length === 0) sheet.line(`To Port: ${anything} (traffic allowed to all ports)`, 2);
    for (const port of ports) sheet.line(portText(port), 2);
    if (peers.length === 0) sheet.line(`${words.peer}: ${anything} (${words.anyPeer})`, 2);
    for (const peer of peers) {
      sheet.line(`${words.peer}:`, 2);
      describePeer(sheet, peer);
    }
  });
}

function portText({ port, endPort, protocol = 'TCP' }: NetworkPolicyPort): string {
  const shown = port ?? '<nil>';
  return endPort === undefined ? `To Port: ${shown}/${protocol}` : `To Port Range: ${shown}-${endPort}/${protocol}`;
}

function describePeer(sheet: Sheet, { namespaceSelector, podSelector, ipBlock }: NetworkPolicyPeer): void {
  if (namespaceSelector) sheet.line(`NamespaceSelector: ${formatLabelSelector(namespaceSelector)}`, 3);
  if (podSelector) sheet.line(`PodSelector: ${formatLabelSelector(podSelector)}`, 3);
  if (namespaceSelector || podSelector || !ipBlock) return;
  sheet.line('IPBlock:', 3);
  sheet.line(`CIDR: ${ipBlock.cidr}`, 4);
  sheet.line(`Except: ${(ipBlock.except ?? []).join(', ')}`, 4);
}
