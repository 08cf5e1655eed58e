import type { EndpointPort, EndpointsPort } from '@kubedrill/kube-model';
import { fnv128aOfText } from './template-hash/fnv128a-hash.ts';

/**
 * Ports of endpoints stand in the order of their hashes: endpointslice/util portsInOrder, pkg/api/v1/endpoints portsByHash. The hash is
 * taken over what k8s.io/utils/dump.ForHash writes of the Go value.
 */
export function slicePortsInOrder<P extends EndpointPort>(ports: readonly P[]): readonly P[] {
  return inOrder(ports, ({ name, protocol, port, appProtocol }) => {
    const fields = [
      `Name:(*string)${name ?? nil}`,
      `Protocol:(*v1.Protocol)${protocol ?? nil}`,
      `Port:(*int32)${port ?? nil}`,
      `AppProtocol:(*string)${appProtocol ?? nil}`,
    ];
    return `(v1.EndpointPort){${fields.join(' ')}}`;
  });
}

export function endpointsPortsInOrder(ports: readonly EndpointsPort[]): readonly EndpointsPort[] {
  return inOrder(ports, ({ name = '', protocol, port, appProtocol }) => {
    const fields = [
      `Name:(string)${name}`,
      `Port:(int32)${port}`,
      `Protocol:(v1.Protocol)${protocol}`,
      `AppProtocol:(*string)${appProtocol ?? nil}`,
    ];
    return `(v1.EndpointPort){${fields.join(' ')}}`;
  });
}

const nil = '<nil>';

/** Few ports have an order at all. */
function inOrder<P>(ports: readonly P[], dump: (port: P) => string): readonly P[] {
  if (ports.length < 2) return ports;
  return ports
    .map((port) => ({ port, hash: hashOf(dump(port)) }))
    .sort((left, right) => (left.hash < right.hash ? -1 : left.hash > right.hash ? 1 : 0))
    .map(({ port }) => port);
}

/** The ports of a Service are hashed for each of its Pods. */
const known = new Map<string, string>();
const mostKnown = 1_000;

function hashOf(dump: string): string {
  const hash = known.get(dump) ?? fnv128aOfText(dump);
  if (known.size >= mostKnown) known.clear();
  known.set(dump, hash);
  return hash;
}
