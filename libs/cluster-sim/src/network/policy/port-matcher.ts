import type { NetworkPolicyPort, Pod } from '@kubedrill/kube-model';
import { findPort } from '../../controllers/service-pods.ts';
import type { Packet } from '../../proxy/packet.ts';

/** `receiver`: the Pod that the packet is for, whose ports a name means. */
export type PortMatcher = (packet: Packet, receiver: Pod | undefined) => boolean;

/**
 * `ports` of a rule: absent and empty mean all traffic, whatever its protocol. An echo request has no port, so that no entry of a
 * list allows it (what policies do with other protocols is left to the network; this is what most do).
 */
export function portMatcher(ports: readonly NetworkPolicyPort[] | undefined): PortMatcher {
  if (!ports?.length) return () => true;
  const matchers = ports.map(onePort);
  return (packet, receiver) => matchers.some((matches) => matches(packet, receiver));
}

function onePort({ protocol = 'TCP', port, endPort }: NetworkPolicyPort): PortMatcher {
  if (port === undefined) return (packet) => packet.protocol === protocol;
  if (typeof port === 'string') {
    return (packet, receiver) =>
      packet.protocol === protocol &&
      receiver !== undefined &&
      findPort(receiver, { targetPort: port, protocol }) === packet.destinationPort;
  }
  const last = endPort ?? port;
  return ({ protocol: sent, destinationPort }) =>
    sent === protocol && destinationPort >= port && destinationPort <= last;
}
