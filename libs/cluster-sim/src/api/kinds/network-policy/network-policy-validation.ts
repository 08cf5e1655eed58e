import type { NetworkPolicy, NetworkPolicyPeer, NetworkPolicyPort } from '@kubedrill/kube-model';
import type { FieldError } from '../../validation/field-error.ts';
import { forbidden, invalid, notSupported, required } from '../../validation/field-error.ts';
import { cidrWarnings, ipRangeContains, legacyCidr, parseIpRange } from '../../validation/ip-address.ts';
import { labelSelectorRule } from '../../validation/label-selector.ts';
import { validateMetadata, validateMetadataUpdate } from '../../validation/metadata.ts';
import { specPath, type Path } from '../../validation/path.ts';
import { each, field, formatted, inOrder, numeric, type Rule } from '../../validation/rule.ts';
import { dns1123Subdomain, portName, portNumber } from '../../validation/text-format.ts';

/** ValidateNetworkPolicy of pkg/apis/networking/validation. */

type Spec = NetworkPolicy['spec'];

const policyTypes = ['Ingress', 'Egress'];
const protocols = ['TCP', 'UDP', 'SCTP'];

export function validateNetworkPolicy(policy: NetworkPolicy): readonly FieldError[] {
  const report: FieldError[] = [];
  validateMetadata(policy.metadata, true, dns1123Subdomain, report);
  specRule([])(policy.spec, specPath, report);
  return report;
}

export function validateNetworkPolicyUpdate(policy: NetworkPolicy, old: NetworkPolicy): readonly FieldError[] {
  const report: FieldError[] = [];
  validateMetadataUpdate(policy.metadata, old.metadata, report);
  specRule(rangesOf(old))(policy.spec, specPath, report);
  return report;
}

function specRule(oldRanges: readonly string[]): Rule<Spec> {
  const peer = peerRule(oldRanges);
  return inOrder<Spec>(
    field('podSelector', labelSelectorRule),
    field('ingress', each(inOrder(field('ports', each(portRule)), field('from', each(peer))))),
    field('egress', each(inOrder(field('ports', each(portRule)), field('to', each(peer))))),
    field('policyTypes', typesRule),
  );
}

const typesRule: Rule<Spec['policyTypes']> = (types = [], at, report) => {
  if (types.length > policyTypes.length) report.push(invalid(at, types, 'may not specify more than two policyTypes'));
  else
    types.forEach((type, index) => {
      if (!policyTypes.includes(type)) report.push(notSupported(at.index(index), type, policyTypes));
    });
};

const portRule: Rule<NetworkPolicyPort> = ({ protocol, port, endPort }, at, report) => {
  const end = at.child('endPort');
  if (protocol !== undefined && !protocols.includes(protocol))
    report.push(notSupported(at.child('protocol'), protocol, protocols));
  if (port === undefined) {
    if (endPort !== undefined) report.push(invalid(end, endPort, 'may not be specified when `port` is not specified'));
  } else if (typeof port === 'string') {
    if (endPort !== undefined) report.push(invalid(end, endPort, 'may not be specified when `port` is non-numeric'));
    formatted(portName)(port, at.child('port'), report);
  } else {
    numeric(portNumber)(port, at.child('port'), report);
    if (endPort === undefined) return;
    if (endPort < port) report.push(invalid(end, port, 'must be greater than or equal to `port`'));
    numeric(portNumber)(endPort, end, report);
  }
};

function peerRule(oldRanges: readonly string[]): Rule<NetworkPolicyPeer> {
  return (peer, at, report) => {
    labelSelectorRule(peer.podSelector, at.child('podSelector'), report);
    labelSelectorRule(peer.namespaceSelector, at.child('namespaceSelector'), report);
    if (peer.ipBlock) ipBlock(peer.ipBlock, at.child('ipBlock'), oldRanges, report);
    const given = [peer.podSelector, peer.namespaceSelector, peer.ipBlock].filter((part) => part !== undefined).length;
    if (given === 0) report.push(required(at, 'must specify a peer'));
    else if (given > 1 && peer.ipBlock) report.push(forbidden(at, 'may not specify both ipBlock and another peer'));
  };
}

function ipBlock(
  { cidr, except = [] }: NonNullable<NetworkPolicyPeer['ipBlock']>,
  at: Path,
  oldRanges: readonly string[],
  report: FieldError[],
): void {
  if (!cidr) {
    report.push(required(at.child('cidr')));
    return;
  }
  const range = legacyCidr(cidr, at.child('cidr'), report, oldRanges);
  if (!range) return;
  except.forEach((text, index) => {
    const place = at.child('except').index(index);
    const excepted = legacyCidr(text, place, report, oldRanges);
    if (excepted && (!ipRangeContains(range, excepted) || range.prefixLength >= excepted.prefixLength))
      report.push(invalid(place, text, 'must be a strict subset of `cidr`'));
  });
}

function peersOf({ spec }: NetworkPolicy): readonly (readonly [Path, NetworkPolicyPeer])[] {
  const placed = (
    peers: readonly NetworkPolicyPeer[] | undefined,
    at: Path,
  ): readonly (readonly [Path, NetworkPolicyPeer])[] => (peers ?? []).map((peer, index) => [at.index(index), peer]);
  return [
    ...(spec.ingress ?? []).flatMap(({ from }, index) =>
      placed(from, specPath.child('ingress').index(index).child('from')),
    ),
    ...(spec.egress ?? []).flatMap(({ to }, index) => placed(to, specPath.child('egress').index(index).child('to'))),
  ];
}

function rangesOf(policy: NetworkPolicy): readonly string[] {
  return peersOf(policy).flatMap(([, { ipBlock: block }]) => (block ? [block.cidr, ...(block.except ?? [])] : []));
}

export function networkPolicyWarnings(policy: NetworkPolicy): readonly string[] {
  return peersOf(policy).flatMap(([at, { ipBlock: block }]) => {
    if (!block || !parseIpRange(block.cidr)) return [];
    const place = at.child('ipBlock');
    return [
      ...cidrWarnings(block.cidr, place.child('cidr')),
      ...(block.except ?? []).flatMap((range, index) => cidrWarnings(range, place.child('except').index(index))),
    ];
  });
}
