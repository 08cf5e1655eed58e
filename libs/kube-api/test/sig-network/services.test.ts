import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SpecCluster } from './spec-cluster.ts';

const nodeAddress = '172.18.0.3';
let cluster: SpecCluster;

beforeAll(async () => {
  cluster = await SpecCluster.open();
  await cluster.pod('execpod', { args: ['pause'] });
}, 20_000);

afterAll(() => cluster.close(), 20_000);

const netexec = (...flags: readonly string[]): object => ({ args: ['netexec', ...flags] });

/** test/e2e/network/service.go, by the names of the specs. */
describe('Services', () => {
  it('should serve a basic endpoint from pods', async () => {
    const labels = { jig: 'endpoint-test2' };
    const { clusterIP } = await cluster.service('endpoint-test2', {
      selector: labels,
      ports: [{ port: 80, targetPort: 80 }],
    });
    const isServedBy = async (...names: readonly string[]): Promise<void> => {
      await cluster.until(async () => String(await cluster.endpoints('endpoint-test2')) === String(names));
      if (names.length === 0) return;
      for (const host of ['endpoint-test2', clusterIP]) expect(await cluster.reaches('execpod', host, 80)).toBe(true);
    };
    await isServedBy();
    await cluster.pod('pod1', netexec('--http-port', '80'), { labels });
    await isServedBy('pod1');
    await cluster.pod('pod2', netexec('--http-port', '80'), { labels });
    await isServedBy('pod1', 'pod2');
    await cluster.delete('pods/pod1');
    await isServedBy('pod2');
    await cluster.delete('pods/pod2');
    await isServedBy();
  }, 20_000);

  it('should serve multiport endpoints from pods', async () => {
    const labels = { jig: 'multi-endpoint-test' };
    const ports = [
      { name: 'portname1', port: 80, targetPort: 'svc1' },
      { name: 'portname2', port: 81, targetPort: 'svc2' },
    ];
    const { clusterIP } = await cluster.service('multi-endpoint-test', { selector: labels, ports });
    const serving = (name: string, port: number): object => ({
      ...netexec('--http-port', String(port)),
      ports: [{ name, containerPort: port }],
    });
    await cluster.pod('multi1', serving('svc1', 100), { labels });
    await cluster.pod('multi2', serving('svc2', 101), { labels });
    await cluster.until(async () => String(await cluster.endpoints('multi-endpoint-test')) === 'multi1,multi2');
    for (const port of [80, 81]) expect(await cluster.reaches('execpod', clusterIP, port)).toBe(true);
  }, 20_000);

  it('should serve endpoints on same port and different protocols', async () => {
    const labels = { jig: 'multiprotocol-test' };
    const ports = (['TCP', 'UDP'] as const).map((protocol) => ({
      name: `${protocol.toLowerCase()}-port`,
      port: 80,
      targetPort: 80,
      protocol,
    }));
    const { clusterIP } = await cluster.service('multiprotocol-test', { selector: labels, ports });
    await cluster.pod('both', netexec('--http-port', '80', '--udp-port', '80'), { labels });
    await cluster.until(async () => (await cluster.endpoints('multiprotocol-test')).length > 0);
    expect(await cluster.reaches('execpod', clusterIP, 80, 'TCP')).toBe(true);
    expect(await cluster.reaches('execpod', clusterIP, 80, 'UDP')).toBe(true);
    await cluster.patchService('multiprotocol-test', { ports: ports.slice(0, 1) });
    await cluster.until(async () => !(await cluster.reaches('execpod', clusterIP, 80, 'UDP')));
    expect(await cluster.reaches('execpod', clusterIP, 80, 'TCP')).toBe(true);
  }, 20_000);

  it('should be able to create a functioning NodePort service', async () => {
    const labels = { jig: 'nodeport-test' };
    const { clusterIP, nodePort } = await cluster.service('nodeport-test', {
      type: 'NodePort',
      selector: labels,
      ports: [{ port: 80, targetPort: 9376 }],
    });
    await cluster.pod('nodeport-pod', { args: ['serve-hostname'] }, { labels });
    await cluster.until(async () => (await cluster.endpoints('nodeport-test')).length === 1);
    for (const [host, port] of [
      ['nodeport-test', 80],
      [clusterIP, 80],
      ['172.18.0.2', nodePort],
      [nodeAddress, nodePort],
    ] as const)
      expect(await cluster.reaches('execpod', host, port)).toBe(true);
  }, 20_000);

  it('should be able to change the type from ExternalName to ClusterIP and NodePort', async () => {
    const labels = { jig: 'externalname-service' };
    await cluster.service('externalname-service', { type: 'ExternalName', externalName: 'foo.example.com' });
    await cluster.pod('externalname-pod', { args: ['serve-hostname'] }, { labels });
    const ports = [{ port: 80, name: 'http', protocol: 'TCP', targetPort: 9376 }];
    await cluster.patchService('externalname-service', {
      type: 'ClusterIP',
      externalName: null,
      selector: labels,
      ports,
    });
    await cluster.until(() => cluster.reaches('execpod', 'externalname-service', 80));
    const { nodePort } = await cluster.patchService('externalname-service', { type: 'NodePort' });
    await cluster.until(() => cluster.reaches('execpod', nodeAddress, nodePort));
  }, 20_000);

  it.each(['ClusterIP', 'NodePort'])('should be able to change the type from %s to ExternalName', async (type) => {
    const name = `${type.toLowerCase()}-service`;
    await cluster.service(name, { type, selector: { jig: name }, ports: [{ port: 80, protocol: 'TCP' }] });
    await cluster.service(`ext-${name}`, { selector: { jig: 'externalsvc' }, ports: [{ port: 80 }] });
    const domain = `${cluster.namespace}.svc.cluster.local`;
    await cluster.patchService(name, {
      type: 'ExternalName',
      externalName: `ext-${name}.${domain}`,
      clusterIP: null,
      clusterIPs: null,
      ports: null,
    });
    expect((await cluster.run('execpod', `nslookup ${name}.${domain}`)).code).toBe(0);
  });

  it.each(['ClusterIP', 'NodePort'])(
    'should have session affinity work, and switch it, for a service with type %s',
    async (type) => {
      const labels = { jig: `affinity-${type.toLowerCase()}` };
      const { clusterIP, nodePort } = await cluster.service(labels.jig, {
        type,
        sessionAffinity: 'ClientIP',
        selector: labels,
        ports: [{ port: 80, targetPort: 9376 }],
      });
      for (const number of [1, 2, 3])
        await cluster.pod(`${labels.jig}-${number}`, { args: ['serve-hostname'] }, { labels });
      await cluster.until(async () => (await cluster.endpoints(labels.jig)).length === 3);
      const target = type === 'ClusterIP' ? `${clusterIP}:80` : `${nodeAddress}:${nodePort}`;
      const hosts = async (): Promise<number> => {
        const loop = `for i in $(seq 0 15); do echo; curl -q -s --connect-timeout 2 --max-time 60 http://${target}/ ; done`;
        const { stdout } = await cluster.run('execpod', loop);
        return new Set(stdout.split('\n').filter((line) => line.trim() !== '')).size;
      };
      expect(await hosts()).toBe(1);
      await cluster.patchService(labels.jig, { sessionAffinity: 'None' });
      expect(await hosts()).toBeGreaterThan(1);
      await cluster.patchService(labels.jig, { sessionAffinity: 'ClientIP' });
      expect(await hosts()).toBe(1);
    },
    20_000,
  );
});

/** test/e2e/network/networking.go and hostport.go. */
describe('Networking', () => {
  it.each([
    ['http', 8_083],
    ['udp', 8_081],
  ])(
    'should function for intra-pod and node-pod communication: %s',
    async (protocol, port) => {
      const server = {
        ...netexec('--http-port=8083', '--udp-port=8081'),
        readinessProbe: {
          initialDelaySeconds: 10,
          timeoutSeconds: 30,
          periodSeconds: 10,
          httpGet: { path: '/healthz', port: 8083 },
        },
      };
      const { items: nodes } = await cluster.ask<{ items: readonly { metadata: { name: string } }[] }>('/api/v1/nodes');
      const own = await cluster.pod(`test-container-${protocol}`, netexec('--http-port=9080', '--udp-port=8081'));
      await cluster.pod(`host-test-${protocol}`, { args: ['pause'] }, { spec: { hostNetwork: true } });
      for (const [number, node] of nodes.entries()) {
        const name = `netserver-${protocol}-${number}`;
        const nodeSelector = { 'kubernetes.io/hostname': node.metadata.name };
        const address = await cluster.pod(name, server, { spec: { nodeSelector } });
        const dial = `http://${own}:9080/dial?request=hostname&protocol=${protocol}&host=${address}&port=${port}&tries=1`;
        const asked = await cluster.run(`test-container-${protocol}`, `curl -g -q -s '${dial}'`);
        expect(JSON.parse(asked.stdout)).toEqual({ responses: [name] });
        const command =
          protocol === 'http'
            ? `curl -g -q -s --max-time 15 --connect-timeout 1 http://${address}:${port}/hostName`
            : `echo hostName | nc -w 1 -u ${address} ${port}`;
        const { stdout } = await cluster.run(`host-test-${protocol}`, `${command} | grep -v '^\\s*$'`);
        expect(stdout.trim()).toBe(name);
      }
    },
    20_000,
  );

  it('validates that there is no conflict between pods with same hostPort but different hostIP and protocol', async () => {
    const onNode = { spec: { nodeName: 'node-2' } };
    const pods = [
      ['pod1', '127.0.0.1', 'TCP', ['--http-port=8080', '--udp-port=-1']],
      ['pod2', nodeAddress, 'TCP', ['--http-port=8080', '--udp-port=-1']],
      ['pod3', nodeAddress, 'UDP', ['--http-port=8008', '--udp-port=8080']],
    ] as const;
    for (const [name, hostIP, protocol, flags] of pods)
      await cluster.pod(
        `host-${name}`,
        { ...netexec(...flags), ports: [{ hostPort: 54_323, containerPort: 8_080, protocol, hostIP }] },
        onNode,
      );
    await cluster.pod('e2e-host-exec', {}, { spec: { hostNetwork: true, nodeName: 'node-2' } });
    const commands = [
      `curl -g --connect-timeout 5 --interface ${nodeAddress} http://127.0.0.1:54323/hostname`,
      `curl -g --connect-timeout 5 http://${nodeAddress}:54323/hostname`,
      `echo hostname | nc -u -w 5 ${nodeAddress} 54323`,
    ];
    const heard = await Promise.all(
      commands.map((command) => cluster.exec('e2e-host-exec', ['/bin/sh', '-c', command])),
    );
    expect(heard.map(({ stdout }) => stdout)).toEqual(['host-pod1', 'host-pod2', 'host-pod3']);
  }, 20_000);
});
