import type { EndpointSlice, Service } from '@kubedrill/kube-model';
import { parseIp } from '../api/validation/ip-address.ts';
import { parseAddress } from '../network/ipv4.ts';
import type { ObjectView } from '../store/object-view.ts';
import { isWithin } from './domain-name.ts';
import { parseName, type RecordRequest } from './record-request.ts';

/** What a name stands for: coredns msg.Service. */
export interface ZoneEntry {
  /** An address or, for ExternalName, another name. */
  readonly host: string;
  /** The record that leads to the host. */
  readonly type: 'A' | 'AAAA' | 'CNAME';
  /** -1: no port is declared, so that there is no SRV record. */
  readonly port: number;
  /** The name that an SRV record points to, with final dot. */
  readonly target: string;
}

/** 'absent' is NXDOMAIN; an empty list is NODATA. */
export type ZoneAnswer = readonly ZoneEntry[] | 'absent';

/** The records that CoreDNS's kubernetes plugin makes from the objects (pods insecure): plugin/kubernetes/kubernetes.go. */
export class KubernetesZone {
  /** Without final dot. */
  readonly domain: string;
  private readonly view: ObjectView;

  constructor(domain: string, view: ObjectView) {
    this.domain = domain;
    this.view = view;
  }

  /** Whether the name (lower case, no final dot) is in this zone. */
  covers(name: string): boolean {
    return isWithin(name, this.domain);
  }

  lookup(name: string): ZoneAnswer {
    const prefix = name.slice(0, Math.max(0, name.length - this.domain.length - 1));
    const request = parseName(prefix === '' ? [] : prefix.split('.'));
    if (request === 'apex') return [];
    if (request === 'invalid' || !this.view.get('Namespace', '', request.namespace)) return 'absent';
    if (request.service === '') return [];
    return request.kind === 'pod' ? this.podEntry(request) : this.serviceEntries(request);
  }

  /** Names of an address: the Service with that cluster IP, else the endpoints with it. */
  reverse(address: string): readonly string[] {
    const [service] = this.view.indexed('Service', 'ip', address);
    if (service) return [this.serviceName(service)];
    const names: string[] = [];
    for (const slice of this.view.list('EndpointSlice')) {
      const owner = slice.metadata.labels?.['kubernetes.io/service-name'];
      if (!owner) continue;
      for (const { ip, hostname } of readyAddresses(slice)) {
        const namespace = slice.metadata.namespace ?? '';
        if (ip === address) names.push(`${hostname}.${owner}.${namespace}.svc.${this.domain}.`);
      }
    }
    return [...new Set(names)];
  }

  /** Mode insecure: any name that is an address with dashes is answered with it, whether there is such a pod or not. */
  private podEntry({ service: label, namespace }: RecordRequest): ZoneAnswer {
    const dashes = label.split('-').length - 1;
    const ip = parseIp(label.replaceAll('-', dashes === 3 && !label.includes('--') ? '.' : ':'));
    if (!ip || ip.leadingZeros) return 'absent';
    const target = `${label}.${namespace}.pod.${this.domain}.`;
    return [{ host: ip.text, type: ip.family === 'IPv4' ? 'A' : 'AAAA', port: 0, target }];
  }

  private serviceEntries(request: RecordRequest): ZoneAnswer {
    const service = this.view.get('Service', request.namespace, request.service);
    if (!service) return 'absent';
    const entries = this.entriesOf(service, request);
    return entries.length > 0 ? entries : 'absent';
  }

  private entriesOf(service: Service, request: RecordRequest): ZoneEntry[] {
    const { type, clusterIP, clusterIPs, ports } = service.spec;
    const target = this.serviceName(service);
    if (type === 'ExternalName') return externalEntry(service, request, target);
    if (clusterIP === 'None' || request.endpoint !== '') return this.endpointEntries(request, target);
    const entries: ZoneEntry[] = [];
    for (const { name, protocol, port } of ports ?? []) {
      if (!matches(request, name ?? '', protocol)) continue;
      for (const host of clusterIPs ?? (clusterIP ? [clusterIP] : []))
        entries.push({ host, type: addressType(host), port, target });
    }
    return entries;
  }

  private endpointEntries(request: RecordRequest, serviceName: string): ZoneEntry[] {
    const entries: ZoneEntry[] = [];
    const key = `${request.namespace}/${request.service}`;
    for (const slice of this.view.indexed('EndpointSlice', 'service', key)) {
      const ports = slice.ports && slice.ports.length > 0 ? slice.ports : [{}];
      for (const { ip, hostname } of readyAddresses(slice)) {
        if (request.endpoint !== '' && request.endpoint !== hostname.toLowerCase()) continue;
        for (const { name, protocol, port } of ports) {
          if (!matches(request, name ?? '', protocol ?? '')) continue;
          entries.push({ host: ip, type: addressType(ip), port: port ?? -1, target: `${hostname}.${serviceName}` });
        }
      }
    }
    return entries;
  }

  private serviceName(service: Service): string {
    return `${service.metadata.name}.${service.metadata.namespace ?? ''}.svc.${this.domain}.`;
  }
}

/** msg.Service HostType; a slice of type FQDN has names for addresses. */
function addressType(address: string): ZoneEntry['type'] {
  if (address.includes(':')) return 'AAAA';
  return parseAddress(address) === undefined ? 'CNAME' : 'A';
}

/** No pseudo subdomains, and no alias of an address. */
function externalEntry(service: Service, request: RecordRequest, target: string): ZoneEntry[] {
  const host = service.spec.externalName ?? '';
  const isPlain = request.endpoint === '' && request.port === '' && request.protocol === '';
  if (!isPlain || host === '' || parseAddress(host) !== undefined || host.includes(':')) return [];
  return [{ host, type: 'CNAME', port: 0, target }];
}

function matches(request: RecordRequest, port: string, protocol: string): boolean {
  return (
    (request.port === '' || request.port === port.toLowerCase()) &&
    (request.protocol === '' || request.protocol === protocol.toLowerCase())
  );
}

/** Ready addresses, each with the name it has below its Service. */
function* readyAddresses(slice: EndpointSlice): Iterable<{ readonly ip: string; readonly hostname: string }> {
  for (const { addresses, conditions, hostname } of slice.endpoints ?? []) {
    if (conditions?.ready === false) continue;
    // An empty hostname counts as none (endpointHostname).
    for (const ip of addresses) yield { ip, hostname: hostname || dashed(ip) };
  }
}

/** The address with dashes; a label must not end in one. */
function dashed(ip: string): string {
  const label = ip.replaceAll(/[.:]/g, '-');
  return label.endsWith('-') ? `${label}0` : label;
}
