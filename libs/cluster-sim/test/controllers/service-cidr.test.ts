import { describe, expect, it } from '@jest/globals';
import { resources, type ServiceCIDR } from '@kubedrill/kube-model';
import type { Cluster } from '../../src/index.ts';
import { applyTo, clusterWith } from '../cluster-fixture.ts';

const second = 1000;

function serviceManifest(name: string, spec = ''): string {
  return `{apiVersion: v1, kind: Service, metadata: {name: ${name}}, spec: {ports: [{port: 80}]${spec && `, ${spec}`}}}\n---\n`;
}

const more = `
apiVersion: networking.k8s.io/v1
kind: ServiceCIDR
metadata: {name: more}
spec: {cidrs: [10.200.0.0/28]}
---
`;

function clusterOf(manifests: string): Cluster {
  const cluster = clusterWith(manifests);
  cluster.settle();
  return cluster;
}

function range(cluster: Cluster, name: string): ServiceCIDR | undefined {
  return cluster.view.get('ServiceCIDR', '', name);
}

function remove(cluster: Cluster, kind: 'Service' | 'ServiceCIDR', name: string): void {
  const namespace = kind === 'Service' ? 'default' : '';
  expect(cluster.api.handle({ verb: 'delete', resource: resources[kind], namespace, name }).ok).toBe(true);
}

const addresses = (cluster: Cluster): readonly string[] =>
  cluster.view.list('IPAddress').map(({ metadata }) => metadata.name);

describe('the ranges of cluster IPs', () => {
  it('are there in every cluster', () => {
    const cluster = clusterOf('');
    expect(range(cluster, 'kubernetes')).toMatchObject({
      metadata: { finalizers: ['networking.k8s.io/service-cidr-finalizer'] },
      spec: { cidrs: ['10.96.0.0/16'] },
      status: { conditions: [{ type: 'Ready', status: 'True', message: 'Kubernetes Service CIDR is ready' }] },
    });
    expect(addresses(cluster)).toEqual(['10.96.0.1', '10.96.0.10']);
    expect(cluster.view.get('IPAddress', '', '10.96.0.1')).toMatchObject({
      metadata: {
        labels: {
          'ipaddress.kubernetes.io/ip-family': 'IPv4',
          'ipaddress.kubernetes.io/managed-by': 'ipallocator.k8s.io',
        },
      },
      spec: { parentRef: { resource: 'services', namespace: 'default', name: 'kubernetes' } },
    });
  });

  it('have an IPAddress for each cluster IP, as long as a Service has it', () => {
    const cluster = clusterOf(serviceManifest('web', 'clusterIP: 10.96.7.7'));
    expect(addresses(cluster)).toContain('10.96.7.7');
    applyTo(cluster, serviceManifest('web', 'type: ExternalName, externalName: example.com, clusterIP: ""'));
    expect(addresses(cluster)).not.toContain('10.96.7.7');
    applyTo(cluster, serviceManifest('web', 'type: ClusterIP'));
    expect(addresses(cluster)).toHaveLength(3);
    remove(cluster, 'Service', 'web');
    expect(addresses(cluster)).toHaveLength(2);
  });

  it('are those of all ServiceCIDRs', () => {
    const cluster = clusterOf(more + serviceManifest('web', 'clusterIP: 10.200.0.5'));
    expect(addresses(cluster)).toContain('10.200.0.5');
    expect(() => {
      applyTo(cluster, serviceManifest('api', 'clusterIP: 10.200.0.15'));
    }).toThrow('the provided network does not match the current range');
    expect(() => {
      applyTo(cluster, serviceManifest('api', 'clusterIP: 10.200.0.5'));
    }).toThrow('provided IP is already allocated');
    const names = Array.from({ length: 40 }, (_, index) => `many-${index}`);
    applyTo(cluster, names.map((name) => serviceManifest(name)).join(''));
    expect(addresses(cluster).filter((address) => address.startsWith('10.200.0.'))).toHaveLength(14);
  });

  it('stay while some Service has an address of no other', () => {
    const cluster = clusterOf(more + serviceManifest('web', 'clusterIP: 10.200.0.5'));
    remove(cluster, 'ServiceCIDR', 'more');
    cluster.advance(20 * second);
    expect(range(cluster, 'more')?.status.conditions).toMatchObject([
      {
        type: 'Ready',
        status: 'False',
        reason: 'Terminating',
        message:
          'There are still IPAddresses referencing the ServiceCIDR, please remove them or create a new ServiceCIDR',
      },
    ]);
    expect(() => {
      applyTo(cluster, serviceManifest('api', 'clusterIP: 10.200.0.6'));
    }).toThrow('the provided network does not match the current range');
    remove(cluster, 'Service', 'web');
    cluster.advance(second);
    expect(range(cluster, 'more')).toBeUndefined();
  });

  it('go after ten seconds when nobody needs them', () => {
    const cluster = clusterOf(more);
    remove(cluster, 'ServiceCIDR', 'more');
    cluster.advance(9 * second);
    expect(range(cluster, 'more')).toBeDefined();
    cluster.advance(second);
    expect(range(cluster, 'more')).toBeUndefined();
  });

  it('go with addresses in them that another one covers', () => {
    const cluster = clusterOf(`${more}${serviceManifest('web', 'clusterIP: 10.200.0.5')}
apiVersion: networking.k8s.io/v1
kind: ServiceCIDR
metadata: {name: larger}
spec: {cidrs: [10.200.0.0/24]}
`);
    remove(cluster, 'ServiceCIDR', 'more');
    cluster.advance(10 * second);
    expect(range(cluster, 'more')).toBeUndefined();
  });

  it('are where nodes drop what goes to addresses that no Service has', () => {
    const cluster = clusterWith(more, { proxyMode: 'nftables' });
    cluster.settle();
    expect(cluster.proxyRules('node-1')).toContain('ip daddr { 10.96.0.0/16, 10.200.0.0/28 } drop');
    remove(cluster, 'ServiceCIDR', 'more');
    cluster.advance(10 * second);
    expect(cluster.proxyRules('node-1')).toContain('ip daddr 10.96.0.0/16 drop');
  });
});
