import type { ObjectView } from '@kubedrill/cluster-sim';
import type { RecordedService } from './case-file.ts';

interface Allocated {
  clusterIP?: string;
  healthCheckNodePort?: number;
  /** By "80/TCP". */
  readonly nodePorts: Map<string, number>;
}

/** What the simulation has allocated to Services, also to those that have lost it or are gone: a recording probes that as well. */
export class ServiceAddresses {
  private readonly allocated = new Map<string, Allocated>();
  private recorded: ReadonlyMap<string, RecordedService> = new Map();

  observe(view: ObjectView, recorded: ReadonlyMap<string, RecordedService>): void {
    this.recorded = recorded;
    for (const { metadata, spec } of view.list('Service')) {
      const key = `${metadata.namespace ?? ''}/${metadata.name}`;
      const known: Allocated = this.allocated.get(key) ?? { nodePorts: new Map() };
      this.allocated.set(key, known);
      known.clusterIP = spec.clusterIP ?? known.clusterIP;
      known.healthCheckNodePort = spec.healthCheckNodePort ?? known.healthCheckNodePort;
      for (const { port, protocol, nodePort } of spec.ports ?? [])
        if (nodePort !== undefined) known.nodePorts.set(`${port}/${protocol}`, nodePort);
    }
  }

  clusterIP(service: string): string {
    return required(this.find(service).clusterIP, `a cluster IP of ${service}`);
  }

  healthCheckNodePort(service: string): number {
    return required(this.find(service).healthCheckNodePort, `a health-check node port of ${service}`);
  }

  nodePort(service: string, port: number, protocol: string): number {
    return required(
      this.find(service).nodePorts.get(`${port}/${protocol}`),
      `a node port of ${service} ${port}/${protocol}`,
    );
  }

  /** Simulated cluster addresses and node ports, each with the recorded one. */
  translation(): ReadonlyMap<string, string> {
    const pairs = new Map<string, string>();
    for (const [name, { clusterIP, ports }] of this.recorded) {
      const own = this.find(name);
      if (own.clusterIP !== undefined && own.clusterIP !== 'None') pairs.set(own.clusterIP, clusterIP);
      for (const { port, protocol, nodePort } of ports) {
        const simulated = own.nodePorts.get(`${port}/${protocol}`);
        if (simulated !== undefined && nodePort !== undefined) pairs.set(`${simulated}`, `${nodePort}`);
      }
    }
    return pairs;
  }

  /** "web", or "web@shop" for another namespace than default. */
  private find(service: string): Allocated {
    const [name = '', namespace = 'default'] = service.split('@');
    return required(this.allocated.get(`${namespace}/${name}`), `a Service ${service}`);
  }
}

function required<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`the simulated cluster has never had ${what}`);
  return value;
}
