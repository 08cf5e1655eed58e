import type { FlowAddresses, Flight } from './flight.ts';
import { isLoopback } from './ipv4.ts';
import { samePlace, type Place } from './network-map.ts';
import type { Routing } from './routing.ts';

/** More hops than any way through this network has. */
const longestWay = 16;

/**
 * Whether an answer finds back: from the place where the packet ended to the client, with every node that has translated the
 * flow translating it back. An answer that takes another way arrives with an address that the client never wrote to, and is lost.
 */
export function findsBack(routing: Routing, flight: Flight, from: Place, client: Place, sent: FlowAddresses): boolean {
  const { destination, destinationPort, source } = flight.packet;
  let answer: FlowAddresses = { source, destination, destinationPort };
  let place = from;
  for (let hops = 0; hops < longestWay; hops += 1) {
    if (place.kind === 'node') answer = translatedBack(flight, place.name, answer);
    if (place.kind === 'gateway') {
      answer = translatedBack(flight, 'gateway', answer);
      // A load balancer on the client's own machine has made the connection for it.
      if (client.kind === 'external' && isLoopback(answer.source)) return answer.destination === sent.destination;
    }
    const next = routing.next(place, answer.source);
    switch (next.kind) {
      case 'local':
        return isClient(place, client) && answer.destination === sent.destination && answer.source === sent.source;
      case 'forward':
        place = next.to;
        break;
      case 'noNeighbour':
      case 'noRoute':
      case 'lost':
        return false;
    }
  }
  return false;
}

function translatedBack(flight: Flight, node: string, answer: FlowAddresses): FlowAddresses {
  const entry = flight.translations.find(
    ({ node: owner, after }) =>
      owner === node &&
      after.destination === answer.destination &&
      after.destinationPort === answer.destinationPort &&
      after.source === answer.source,
  );
  return entry ? entry.before : answer;
}

/** Hosts behind one NAT address look the same from the network; the NAT knows whose answer it is. */
function isClient(place: Place, client: Place): boolean {
  if (place.kind !== 'external' || client.kind !== 'external') return samePlace(place, client);
  const { natAddress } = client.host;
  return samePlace(place, client) || (natAddress !== undefined && natAddress === place.host.natAddress);
}
