import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { agnhost, dnsTools, SpecCluster } from './spec-cluster.ts';

let cluster: SpecCluster;

beforeAll(async () => {
  cluster = await SpecCluster.open();
}, 20_000);

afterAll(() => cluster.close(), 20_000);

interface Probes {
  readonly names: readonly string[];
  readonly hosts?: readonly string[];
  readonly reversed?: string;
}

/** dns_common.go createProbeCommand; what it writes where. */
function probeCommand(
  { names, hosts = [], reversed }: Probes,
  prefix: string,
): { readonly command: string; readonly files: readonly string[] } {
  const files: string[] = [];
  let command = 'for i in `seq 1 600`; do ';
  const dig = (lookup: string, file: string, protocol: string): void => {
    files.push(file);
    command += `check="$$(dig +${protocol} +noall +answer +search ${lookup})" && test -n "$$check" && echo OK > /results/${file};`;
  };
  for (const name of names) {
    const lookup = `${name} ${name.startsWith('_') ? 'SRV' : 'A'}`;
    dig(lookup, `${prefix}_udp@${name}`, 'notcp');
    dig(lookup, `${prefix}_tcp@${name}`, 'tcp');
  }
  for (const name of hosts) {
    files.push(`${prefix}_hosts@${name}`);
    command += `test -n "$$(getent hosts ${name})" && echo OK > /results/${prefix}_hosts@${name};`;
  }
  if (reversed !== undefined) {
    const name = `${reversed.split('.').reverse().join('.')}.in-addr.arpa.`;
    dig(`${name} PTR`, `${reversed}_udp@PTR`, 'notcp');
    dig(`${name} PTR`, `${reversed}_tcp@PTR`, 'tcp');
  }
  return { command: `${command}sleep 1; done`, files };
}

/** dns_common.go createDNSPod and assertFilesExist: two queriers write files that a web server beside them hands out. */
async function resolves(pod: string, probes: Probes, { labels = {}, spec = {} } = {}): Promise<void> {
  const queriers = [
    ['querier', agnhost, 'wheezy'],
    ['jessie-querier', dnsTools, 'jessie'],
  ] as const;
  const volumeMounts = [{ name: 'results', mountPath: '/results' }];
  const files: string[] = [];
  const containers: object[] = [{ name: 'webserver', image: agnhost, args: ['test-webserver'], volumeMounts }];
  for (const [name, image, prefix] of queriers) {
    const probe = probeCommand(probes, prefix);
    files.push(...probe.files);
    containers.push({ name, image, command: ['sh', '-c', probe.command], volumeMounts });
  }
  const volumes = [{ name: 'results', emptyDir: {} }];
  await cluster.pod(pod, {}, { labels, spec: { volumes, containers, ...spec } });
  await cluster.until(async () => {
    const answers = await Promise.all(files.map((file) => cluster.get(`pods/${pod}/proxy/results/${file}`)));
    return answers.every(({ status }) => status === 200);
  });
}

/** test/e2e/network/dns.go, by the names of the specs. */
describe('DNS', () => {
  it('should provide DNS for the cluster, and /etc/hosts entries', async () => {
    await resolves('dns-cluster', { names: ['kubernetes.default.svc.cluster.local'] });
    await resolves(
      'dns-hosts',
      { names: [], hosts: [`dns-querier-1.dns-test-service.${cluster.namespace}.svc.cluster.local`, 'dns-querier-1'] },
      {
        spec: { hostname: 'dns-querier-1', subdomain: 'dns-test-service' },
      },
    );
  }, 20_000);

  it('should provide DNS for services, and resolve partial qualified names', async () => {
    const labels = { 'dns-test': 'true' };
    const ports = [{ port: 80, name: 'http', protocol: 'TCP' }];
    await cluster.service('dns-test-service', { clusterIP: 'None', selector: labels, ports });
    const { clusterIP } = await cluster.service('test-service-2', { selector: labels, ports });
    const { namespace } = cluster;
    await resolves(
      'dns-services',
      {
        names: [
          'dns-test-service',
          `dns-test-service.${namespace}`,
          `dns-test-service.${namespace}.svc`,
          `dns-test-service.${namespace}.svc.cluster.local`,
          `_http._tcp.dns-test-service.${namespace}.svc`,
          `_http._tcp.test-service-2.${namespace}.svc`,
        ],
        reversed: clusterIP,
      },
      { labels },
    );
  }, 20_000);

  it('should provide DNS for pods for Hostname and Subdomain', async () => {
    const labels = { 'dns-test-hostname-attribute': 'true' };
    await cluster.service('dns-test-service-2', {
      clusterIP: 'None',
      selector: labels,
      ports: [{ port: 80, name: 'http', protocol: 'TCP' }],
    });
    const fqdn = `dns-querier-2.dns-test-service-2.${cluster.namespace}.svc.cluster.local`;
    const spec = { hostname: 'dns-querier-2', subdomain: 'dns-test-service-2' };
    await resolves('dns-hostname', { names: [fqdn], hosts: [fqdn, 'dns-querier-2'] }, { labels, spec });
  }, 20_000);

  it('should provide DNS for ExternalName services', async () => {
    await cluster.service('dns-test-service-3', { type: 'ExternalName', externalName: 'foo.example.com' });
    const name = `dns-test-service-3.${cluster.namespace}.svc.cluster.local`;
    const volumeMounts = [{ name: 'results', mountPath: '/results' }];
    const file = `jessie_udp@${name}`;
    const probing = async (pod: string, type: string, expected: string): Promise<void> => {
      const command = `for i in \`seq 1 30\`; do dig +short ${name} ${type} > /results/${file}; sleep 1; done`;
      const containers = [
        { name: 'webserver', image: agnhost, args: ['test-webserver'], volumeMounts },
        { name: 'jessie-querier', image: dnsTools, command: ['sh', '-c', command], volumeMounts },
      ];
      await cluster.create('pods', {
        metadata: { name: pod },
        spec: { volumes: [{ name: 'results', emptyDir: {} }], containers },
      });
      await cluster.until(
        async () => (await cluster.get(`pods/${pod}/proxy/results/${file}`)).text.trim() === expected,
      );
    };
    await probing('dns-external-1', 'CNAME', 'foo.example.com.');
    await cluster.patchService('dns-test-service-3', { externalName: 'bar.example.com' });
    await probing('dns-external-2', 'CNAME', 'bar.example.com.');
    const ports = [{ port: 80, name: 'http', protocol: 'TCP' }];
    const { clusterIP } = await cluster.patchService('dns-test-service-3', {
      type: 'ClusterIP',
      externalName: null,
      ports,
    });
    await probing('dns-external-3', 'A', clusterIP);
  }, 20_000);

  it('should support configurable pod DNS nameservers', async () => {
    const spec = { dnsPolicy: 'None', dnsConfig: { nameservers: ['1.1.1.1'], searches: ['resolv.conf.local'] } };
    await cluster.pod('test-dns-nameservers', { args: ['pause'] }, { spec });
    expect((await cluster.exec('test-dns-nameservers', ['/agnhost', 'dns-suffix'])).stdout).toContain(
      'resolv.conf.local',
    );
    expect((await cluster.exec('test-dns-nameservers', ['/agnhost', 'dns-server-list'])).stdout).toContain('1.1.1.1');
  }, 20_000);
});
