import type { DnsRecord } from '../cluster.ts';
import type { ZoneEntry } from './kubernetes-zone.ts';

export interface ServiceRecords {
  readonly answers: readonly DnsRecord[];
  /** The addresses of the answers' targets. */
  readonly additional: readonly DnsRecord[];
}

/** plugin/backend_lookup.go SRV: all of one priority; the weights share 100 and are at least 1. Aliases have none (kubernetes.go). */
export function serviceRecords(name: string, entries: readonly ZoneEntry[], ttl: number): ServiceRecords {
  const hosts = entries.filter(({ type }) => type !== 'CNAME');
  const weight = Math.max(1, Math.floor((100 / (100 * hosts.length)) * 100));
  const answers = new Map<string, DnsRecord>();
  const additional = new Map<string, DnsRecord>();
  for (const { host, type, port, target } of hosts) {
    if (port === -1) continue;
    const data = `0 ${weight} ${port} ${target}`;
    answers.set(data, { name, type: 'SRV', ttl, data });
    additional.set(`${target} ${host}`, { name: target, type, ttl, data: host });
  }
  return { answers: [...answers.values()], additional: [...additional.values()] };
}
