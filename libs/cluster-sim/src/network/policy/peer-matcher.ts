import type { NetworkPolicyPeer } from '@kubedrill/kube-model';
import { matcherOf } from '../../controllers/label-selector.ts';
import { contains, parseRange, type AddressRange } from '../ipv4.ts';
import type { FlowEnd } from './flow-end.ts';

export type PeerMatcher = (end: FlowEnd) => boolean;

/** `from` or `to` of a rule: absent and empty mean everybody, Pod or not. */
export function peerMatcher(peers: readonly NetworkPolicyPeer[] | undefined, namespace: string): PeerMatcher {
  if (!peers?.length) return () => true;
  const matchers = peers.map((peer) => onePeer(peer, namespace));
  return (end) => matchers.some((matches) => matches(end));
}

/** `namespace`: the policy's own, which a podSelector alone is about. */
function onePeer({ podSelector, namespaceSelector, ipBlock }: NetworkPolicyPeer, namespace: string): PeerMatcher {
  if (ipBlock) return blockMatcher(ipBlock);
  const isNamespace = namespaceSelector && matcherOf(namespaceSelector);
  const isPod = podSelector && matcherOf(podSelector);
  return ({ pod, namespaceLabels }) => {
    if (!pod) return false;
    const isThere = isNamespace ? isNamespace(namespaceLabels) : pod.metadata.namespace === namespace;
    return isThere && (isPod?.(pod.metadata.labels) ?? true);
  };
}

/** A block of IPv6 addresses holds none of this network, which has IPv4 only. */
function blockMatcher({ cidr, except = [] }: NonNullable<NetworkPolicyPeer['ipBlock']>): PeerMatcher {
  const block = parseRange(cidr);
  const excepted = except.map(parseRange).filter((range): range is AddressRange => range !== undefined);
  return ({ address }) =>
    block !== undefined && contains(block, address) && !excepted.some((range) => contains(range, address));
}
