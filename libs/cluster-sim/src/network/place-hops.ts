import type { Packet } from '../proxy/packet.ts';
import { withHop, type Flight } from './flight.ts';
import type { Hop } from './flow.ts';
import { evidenceOfPlace, type Socket } from './local-process.ts';
import { describePlace, type Place } from './network-map.ts';

/** What the places on a way tell of it. */

export function withRoute(flight: Flight, place: Place, text: (at: string) => string): Flight {
  return withHop(flight, () => {
    const at = describePlace(place);
    return { kind: 'route', at, text: text(at) };
  });
}

export function unheard(place: Place, { destination, destinationPort, protocol }: Packet): Hop {
  const at = describePlace(place);
  const text = `Nothing listens on port ${destinationPort}/${protocol} at ${at} (${destination}).`;
  return { kind: 'process', at, text, evidence: evidenceOfPlace(place) };
}

export function acceptance(place: Place, { source }: Packet, { server }: Socket): Hop {
  const at = describePlace(place);
  const who = server.container ? `container ${server.container} of ${at}` : at;
  const text = `${capitalized(who)} accepts on port ${server.port} and sees ${source} as the client.`;
  return { kind: 'process', at, text, evidence: evidenceOfPlace(place) };
}

export function serverAt(place: Place): {
  readonly kind: 'pod' | 'node' | 'external';
  readonly namespace?: string;
  readonly name: string;
} {
  switch (place.kind) {
    case 'pod':
      return { kind: 'pod', namespace: place.pod.metadata.namespace, name: place.pod.metadata.name };
    case 'node':
      return { kind: 'node', name: place.name };
    case 'external':
      return { kind: 'external', name: place.host.name };
    case 'gateway':
      return { kind: 'external', name: 'gateway' };
  }
}

export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
