import { describe, expect, it } from '@jest/globals';
import { createCluster } from '@kubedrill/cluster-sim';
import { parseManifests } from '@kubedrill/kube-model';
import { Normalisation } from '../../../src/conformance/kubectl/normalisation/normalised-output.ts';

const plain = { sorted: false, keepsNodes: false };
const noPlaces = { files: new Map<string, string>(), steps: [] };

function normalise(text: string, options: Partial<typeof plain> = {}, run = ''): string {
  const step = { run, expected: { stdout: '', stderr: '', rc: 0 }, volatile: new Set<string>(), ...plain, ...options };
  const places = [{ text: '/somewhere', placeholder: '<dir>' }];
  const normalisation = new Normalisation({ ...noPlaces, steps: [step] }, places);
  return normalisation.normalised({ stdout: text, stderr: '', rc: 0 }, step).stdout;
}

describe('the rules of FORMAT.md', () => {
  it.each([
    ['1 places', 'open /somewhere/a.yaml', 'open <dir>/a.yaml'],
    ['3 token volumes', 'kube-api-access-x7k2p', 'kube-api-access-<rand>'],
    ['3 Events', 'web.185a3b1c2d4e5f60', 'web.<rand>'],
    ['4 uid', 'uid: 01234567-89ab-cdef-0123-456789abcdef', 'uid: <uid>'],
    ['4 container', '  Container ID:  sim://1a2b', '  Container ID:  <id>'],
    ['4 containerID', '"containerID": "sim://1",', '"containerID": <id>,'],
    ['4 version', 'resourceVersion: "812"', 'resourceVersion: <rv>'],
    ['4 generation of a slice', 'generation: 3\nkind: EndpointSlice', 'generation: <gen>\nkind: EndpointSlice'],
    ['4 generation of others', 'generation: 3\nkind: Deployment', 'generation: 3\nkind: Deployment'],
    ['4 RFC 3339', 'at 2026-11-22T22:13:31.123456Z', 'at <time>'],
    ['4 RFC 1123', 'at Sun, 22 Nov 2026 22:13:31 +0000', 'at <time>'],
    ['4 Go', 'at 2026-11-22 22:13:31 +0000 UTC', 'at <time>'],
    ['4 klog', 'E1122 22:13:31.123456   99 memcache.go:265] no', 'E<klog>] no'],
    ['5 cluster IPs', '10.96.4.5 10.96.4.6 10.96.4.5', '<clusterIP> <clusterIP#2> <clusterIP>'],
    ['5 not the API', '10.96.0.1 10.96.0.0/16', '10.96.0.1 10.96.0.0/16'],
    ['6 nodes', 'node-2 192.168.49.3 10.244.2.7', '<node> <nodeIP> <ip>'],
    ['7 node ports', '80:31234/TCP 30001', '80:<nodePort>/TCP <nodePort#2>'],
    ['7 no node ports', '32768 x31234 1.31234 -31234', '32768 x31234 1.31234 -31234'],
    ['8 age', 'web  ClusterIP  12s', 'web  ClusterIP  <age>'],
    ['8 ages', '3m20s\n4d', '<age>\n<age>'],
    ['8 repeated', 'Warning  3s (x4 over 9s)  kubelet', 'Warning  <age>  kubelet'],
    ['8 no age', 'every 12s please', 'every 12s please'],
    ['9 columns', 'NAME      AGE   \n  a     b', 'NAME  AGE\n  a  b'],
    ['10 repair', 'a\nWarning  ClusterIPNotAllocated  x\nb', 'a\nb'],
    [
      '10 the trigger alone',
      'Annotations:  endpoints.kubernetes.io/last-change-trigger-time: 2026-11-22T22:13:31Z\n',
      'Annotations:  <none>\n',
    ],
    ['11 neighbours', 'b-<rand>\na-<rand>\nz\nb-<hash>\na-<hash#2>', 'a-<rand>\nb-<rand>\nz\na-<hash#2>\nb-<hash>'],
  ])('%s', (_rule, given, expected) => {
    expect(normalise(given)).toBe(expected);
  });

  it('leave alone what stands in the session, and nodes where they matter', () => {
    expect(normalise('30080 10.96.7.7 10.244.1.9', {}, 'create 30080 10.96.7.7 10.244.1.9')).toBe(
      '30080 10.96.7.7 10.244.1.9',
    );
    expect(normalise('node-1 192.168.49.2', { keepsNodes: true })).toBe('node-1 192.168.49.2');
  });

  it('sort all lines where the session says so', () => {
    expect(normalise('c\na\nb\n', { sorted: true })).toBe('a\nb\nc\n');
  });

  it('know the names that chance has given in the cluster', () => {
    const content = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: nginx}]}
`;
    const cluster = createCluster({ nodes: [{ name: 'node-1', address: '192.168.49.2' }] });
    cluster.apply(parseManifests([{ path: 'web.yaml', content }]).documents);
    cluster.settle();
    const normalisation = new Normalisation(noPlaces, []);
    normalisation.observe(cluster.view);
    const [set] = cluster.view.list('ReplicaSet');
    const [pod] = cluster.view.list('Pod', 'default');
    const stdout = `${pod?.metadata.name} of ${set?.metadata.name}`;
    expect(normalisation.normalised({ stdout, stderr: '', rc: 0 }, plain).stdout).toBe(
      'web-<hash>-<rand> of web-<hash>',
    );
  });
});
