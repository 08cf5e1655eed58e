import { describe, expect, it } from '@jest/globals';
import type { PodSpec } from '@kubedrill/kube-model';
import { formatHostsFile } from '../../src/dns/hosts-file.ts';
import { kernelHostname } from '../../src/dns/pod-hostname.ts';
import { formatResolvConf, ndotsOf, resolvConfOfPod } from '../../src/dns/resolv-conf.ts';
import { pod } from '../network/small-cluster.ts';

const context = {
  clusterDomain: 'cluster.local',
  clusterDns: '10.96.0.10',
  host: { nameservers: ['192.168.49.1'], search: ['example.com'], options: ['edns0'] },
};

function fileOf(spec: Partial<PodSpec>): string {
  return formatResolvConf(resolvConfOfPod(pod('web', 'node-1', '10.244.1.2', spec), context));
}

const clusterSearch = 'search default.svc.cluster.local svc.cluster.local cluster.local example.com\n';
const host = 'search example.com\nnameserver 192.168.49.1\noptions edns0\n';

describe('/etc/resolv.conf of a pod', () => {
  it.each<[string, Partial<PodSpec>, string]>([
    ['by default', {}, `${clusterSearch}nameserver 10.96.0.10\noptions ndots:5\n`],
    ['dnsPolicy Default', { dnsPolicy: 'Default' }, host],
    ['hostNetwork without more', { hostNetwork: true, dnsPolicy: 'ClusterFirst' }, host],
    [
      'ClusterFirstWithHostNet',
      { hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' },
      `${clusterSearch}nameserver 10.96.0.10\noptions ndots:5\n`,
    ],
    [
      'dnsPolicy None',
      {
        dnsPolicy: 'None',
        dnsConfig: {
          nameservers: ['1.2.3.4'],
          searches: ['a.b'],
          options: [{ name: 'ndots', value: '2' }, { name: 'edns0' }],
        },
      },
      'search a.b\nnameserver 1.2.3.4\noptions ndots:2 edns0\n',
    ],
    [
      'dnsConfig on top',
      { dnsConfig: { searches: ['x.y', 'cluster.local'], options: [{ name: 'ndots', value: '1' }] } },
      `${clusterSearch.trimEnd()} x.y\nnameserver 10.96.0.10\noptions ndots:1\n`,
    ],
    [
      'at most three name servers',
      { dnsPolicy: 'None', dnsConfig: { nameservers: ['1.1.1.1', '2.2.2.2', '3.3.3.3', '4.4.4.4'] } },
      'nameserver 1.1.1.1\nnameserver 2.2.2.2\nnameserver 3.3.3.3\n',
    ],
  ])('%s', (_title, spec, expected) => {
    expect(fileOf(spec)).toBe(expected);
  });

  it.each([
    [[], 1],
    [['ndots:5'], 5],
    [['ndots:99'], 15],
    [['ndots:x'], 1],
  ])('ndots of %j is %d', (options, expected) => {
    expect(ndotsOf({ nameservers: [], search: [], options })).toBe(expected);
  });
});

describe('/etc/hosts of a pod', () => {
  const header =
    '# Kubernetes-managed hosts file.\n127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\nfe00::0\tip6-localnet\nfe00::0\tip6-mcastprefix\nfe00::1\tip6-allnodes\nfe00::2\tip6-allrouters\n';

  it.each<[string, Partial<PodSpec>, string]>([
    ['names the pod', {}, `${header}10.244.1.2\tweb\n`],
    [
      'names it within its Service',
      { hostname: 'a', subdomain: 'nest' },
      `${header}10.244.1.2\ta.nest.default.svc.cluster.local\ta\n`,
    ],
    [
      'has another name than the API, which then has no domain',
      { hostname: 'a', subdomain: 'nest', hostnameOverride: 'web.example.com' },
      `${header}10.244.1.2\tweb.example.com\n`,
    ],
    [
      'adds aliases',
      { hostAliases: [{ ip: '1.2.3.4', hostnames: ['x', 'y'] }] },
      `${header}10.244.1.2\tweb\n\n# Entries added by HostAliases.\n1.2.3.4\tx\ty\n`,
    ],
  ])('%s', (_title, spec, expected) => {
    expect(formatHostsFile(pod('web', 'node-1', '10.244.1.2', spec), 'cluster.local')).toBe(expected);
  });
});

// pkg/kubelet/kubelet_pods.go GeneratePodHostNameAndDomain, pkg/kubelet/util/util.go GetNodenameForKernel.
describe('the host name of a pod', () => {
  it.each<[Partial<PodSpec>, string]>([
    [{}, 'web'],
    [{ hostname: 'a' }, 'a'],
    [{ hostname: 'a', subdomain: 'nest' }, 'a'],
    [{ hostname: 'a', subdomain: 'nest', setHostnameAsFQDN: true }, 'a.nest.default.svc.cluster.local'],
    [{ setHostnameAsFQDN: true }, 'web'],
    [{ hostname: 'a', hostnameOverride: 'b.c' }, 'b.c'],
    [{ hostNetwork: true }, 'node-1'],
  ])('with %j is %s', (spec, expected) => {
    expect(kernelHostname(pod('web', 'node-1', '10.244.1.2', spec), 'cluster.local')).toBe(expected);
  });

  it('is cut to 63 characters', () => {
    expect(kernelHostname(pod(`${'x'.repeat(62)}-tail`, 'node-1', '10.244.1.2'), 'cluster.local')).toBe('x'.repeat(62));
  });
});
