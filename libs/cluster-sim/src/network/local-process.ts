import type { Pod } from '@kubedrill/kube-model';
import type { Application, ConnectionContext, Listener } from '../images/image-model.ts';
import type { ObjectView } from '../store/object-view.ts';
import type { Packet } from '../proxy/packet.ts';
import { badRequestBytes, readRequest } from './http-bytes.ts';
import type { Evidence, HttpResponse, Outcome, Probe, Server } from './flow.ts';
import { isLoopback } from './ipv4.ts';
import type { NetworkMap, Place } from './network-map.ts';
import type { HealthChecks } from './health-checks.ts';
import type { ProcessTable } from './process-table.ts';

/** A socket that takes a packet. */
export interface Socket {
  readonly server: Server;
  readonly application: Application;
}

/** Finds out who listens where. */
export class LocalProcesses {
  private readonly map: NetworkMap;
  private readonly view: ObjectView;
  private readonly processes: ProcessTable;
  private readonly healthChecks: HealthChecks;

  constructor(map: NetworkMap, view: ObjectView, processes: ProcessTable, healthChecks: HealthChecks) {
    this.map = map;
    this.view = view;
    this.processes = processes;
    this.healthChecks = healthChecks;
  }

  /** The socket at the place that takes the packet; undefined: nobody listens. */
  socketFor(place: Place, packet: Packet): Socket | undefined {
    switch (place.kind) {
      case 'pod':
        return this.ofPod(place.pod, packet);
      case 'node':
        return this.ofNode(place, packet);
      case 'external':
        return externalSocket(place.host, packet);
      case 'gateway':
        return undefined;
    }
  }

  private ofPod(pod: Pod, packet: Packet): Socket | undefined {
    for (const { container, listener } of this.processes.listeners(pod)) {
      if (!takes(listener, packet)) continue;
      const { namespace, name } = pod.metadata;
      const { destination: address, destinationPort: port } = packet;
      return { server: { kind: 'pod', namespace, name, container, address, port }, application: listener.application };
    }
    return undefined;
  }

  private ofNode(node: Extract<Place, { kind: 'node' }>, packet: Packet): Socket | undefined {
    for (const pod of this.map.hostNetworkPods(node)) {
      const socket = this.ofPod(pod, packet);
      if (socket) return socket;
    }
    if (this.isApiServer(packet)) {
      const { destination: address, destinationPort: port } = packet;
      return { server: { kind: 'apiserver', name: 'kubernetes', address, port }, application: { kind: 'silent' } };
    }
    return this.healthChecks.socketFor(node, packet);
  }

  /** Whatever the Service default/kubernetes leads to is the API server. */
  private isApiServer(packet: Packet): boolean {
    if (packet.protocol !== 'TCP') return false;
    return this.view
      .indexed('EndpointSlice', 'service', 'default/kubernetes')
      .some(
        ({ endpoints, ports }) =>
          (ports ?? []).some(({ port }) => port === packet.destinationPort) &&
          (endpoints ?? []).some(({ addresses }) => addresses.includes(packet.destination)),
      );
  }
}

function takes(listener: Listener, packet: Packet): boolean {
  if (listener.port !== packet.destinationPort || listener.protocol !== packet.protocol) return false;
  return listener.address === '0.0.0.0' || isLoopback(packet.destination);
}

function externalSocket(host: Extract<Place, { kind: 'external' }>['host'], packet: Packet): Socket | undefined {
  const found = host.listens?.find(
    ({ port, protocol }) => port === packet.destinationPort && protocol === packet.protocol,
  );
  if (!found) return undefined;
  const body = found.body ?? host.name;
  const respond = (): HttpResponse => ({ status: 200, headers: { 'content-type': 'text/plain' }, body });
  return {
    server: { kind: 'external', name: host.name, address: packet.destination, port: packet.destinationPort },
    application: { kind: 'http', respond },
  };
}

/** net/http server.go: what a server with TLS says to who speaks without. */
const plainToTls: HttpResponse = {
  status: 400,
  headers: {},
  body: 'Client sent an HTTP request to an HTTPS server.\n',
};

/** What the client gets from a process that has accepted its connection. */
export function converse(socket: Socket, probe: Probe, connection: ConnectionContext): Outcome {
  const { application, server } = socket;
  const source = connection.clientAddress;
  if (probe.http) {
    if (application.kind !== 'http') return { kind: 'closed', server };
    const isSecure = application.isSecure ?? false;
    if (isSecure !== (probe.http.isSecure ?? false))
      return isSecure ? { kind: 'delivered', server, source, response: plainToTls } : { kind: 'closed', server };
    const response = application.respond(probe.http, connection);
    return response === 'closed' ? { kind: 'closed', server } : { kind: 'delivered', server, source, response };
  }
  if (application.kind === 'http' && probe.data !== undefined && !application.isSecure)
    return { kind: 'delivered', server, source, ...answerToBytes(probe.data) };
  if (application.kind !== 'raw') return { kind: 'delivered', server, source };
  const answer = probe.data === undefined ? '' : application.answer(probe.data, connection);
  return { kind: 'delivered', server, source, reply: (application.greeting ?? '') + answer };
}

/** Bytes that are no request of HTTP: the server says so, or waits for the rest of one. */
function answerToBytes(data: string): { readonly reply?: string } {
  return readRequest(data).kind === 'malformed' ? { reply: badRequestBytes } : {};
}

/** What nobody's listening is evidence of: the pod, when the place is one. */
export function evidenceOfPlace(place: Place): readonly Evidence[] {
  if (place.kind !== 'pod') return [];
  const { namespace, name } = place.pod.metadata;
  return [{ kind: 'Pod', namespace: namespace ?? '', name, path: ['spec', 'containers'] }];
}
