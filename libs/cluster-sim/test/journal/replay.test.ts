import { describe, expect, it } from '@jest/globals';
import { resources, type JsonObject, type Kind } from '@kubedrill/kube-model';
import {
  createCluster,
  RecordedCluster,
  replay,
  type ApiRequest,
  type Cluster,
  type ClusterSettings,
  type JournalEntry,
} from '../../src/index.ts';

function recorded(
  hasRoom = true,
  settings: ClusterSettings = {},
): { cluster: RecordedCluster; journal: JournalEntry[] } {
  const cluster = createCluster(settings);
  cluster.settle();
  const journal: JournalEntry[] = [];
  return { cluster: new RecordedCluster(cluster, { hasRoom, append: (entry) => journal.push(entry) }), journal };
}

function replayed(journal: readonly JournalEntry[], until: number, settings: ClusterSettings = {}): Cluster {
  const cluster = createCluster(settings);
  cluster.settle();
  for (const entry of journal) replay(cluster, JSON.parse(JSON.stringify(entry)) as JournalEntry);
  cluster.advance(until - cluster.clock.now());
  return cluster;
}

function create(kind: Kind, body: JsonObject): ApiRequest {
  const namespace = resources[kind].namespaced ? 'default' : '';
  return { verb: 'create', resource: resources[kind], namespace, body };
}

const labels = { app: 'web' };
const deployment = create('Deployment', {
  metadata: { name: 'web' },
  spec: {
    replicas: 2,
    selector: { matchLabels: labels },
    template: { metadata: { labels }, spec: { containers: [{ name: 'web', image: 'nginx' }] } },
  },
});
const service = create('Service', { metadata: { name: 'web' }, spec: { selector: labels, ports: [{ port: 80 }] } });

const identities = ({ view }: Cluster): readonly string[] =>
  [...view.list('Pod'), ...view.list('Service'), ...view.list('Event')].map(
    ({ metadata }) => `${metadata.name} ${metadata.uid} ${metadata.resourceVersion}`,
  );

describe('a journal', () => {
  it('makes the same cluster again, with its uids, names and resource versions', () => {
    const { cluster, journal } = recorded();
    cluster.api.handle(deployment);
    cluster.advance(2_345);
    cluster.view.list('Event');
    cluster.advance(4_000);
    cluster.api.handle(service);
    const [pod] = cluster.view.list('Pod');
    cluster.exec({ namespace: 'default', pod: pod?.metadata.name ?? '' }, ['curl', '-s', 'http://web']);
    cluster.advance(1_000);
    const again = replayed(journal, cluster.clock.now());
    expect(journal.map(({ do: deed }) => deed)).toEqual(['request', 'lookAtEvents', 'request', 'exec']);
    expect(identities(again)).toEqual(identities(cluster));
  });

  it.each([
    'while true; do echo again; sleep 1; done',
    'until wget -qO- http://web >/dev/null; do echo waiting; sleep 2; done; echo found; exit 1',
    'sleep 7; echo late; sleep 3; exit 0',
    'while true; do cat /tmp/told; sleep 5; done',
  ])('carries on what runs in time as it was carried on: %s', (script) => {
    const settings = { processes: 'inTime', processMoments: 60 } as const;
    const { cluster, journal } = recorded(true, settings);
    const container = { name: 'c', image: 'busybox:1.36', command: ['sh', '-c', script] };
    cluster.api.handle(create('Pod', { metadata: { name: 'p' }, spec: { containers: [container] } }));
    for (let piece = 0; piece < 40; piece += 1) cluster.advance(617);
    for (const request of [deployment, service]) cluster.api.handle(request);
    cluster.advance(9_001);
    cluster.exec({ namespace: 'default', pod: 'p' }, ['sh', '-c', 'echo told > /tmp/told']);
    for (let piece = 0; piece < 300; piece += 1) cluster.advance(617);
    const again = replayed(journal, cluster.clock.now(), settings);
    const target = { namespace: 'default', pod: 'p', container: 'c' };
    const log = cluster.logs(target);
    expect(log.ok && log.lines.length).toBeGreaterThan(0);
    expect(again.logs(target)).toEqual(log);
    expect(again.view.list('Pod')).toEqual(cluster.view.list('Pod'));
  });

  it.each<[what: string, request: ApiRequest]>([
    ['was refused', create('Service', { metadata: { generateName: 'web-' }, spec: {} })],
    ['is a dry run', { ...(service as Extract<ApiRequest, { verb: 'create' }>), dryRun: true }],
    ['only reads', { verb: 'list', resource: resources.Pod, namespace: '' }],
  ])('leaves out what %s, which leaves no trace in what follows', (_what, request) => {
    const [{ cluster, journal }, other] = [recorded(), recorded()];
    cluster.api.handle(request);
    for (const { api } of [cluster, other.cluster]) api.handle(deployment);
    expect(journal).toHaveLength(1);
    for (const one of [cluster, other.cluster]) one.advance(5_000);
    expect(identities(cluster)).toEqual(identities(other.cluster));
  });

  it('refuses what it has no room for, and says what helps', () => {
    const { cluster, journal } = recorded(false);
    const response = cluster.api.handle(service);
    expect(response.ok ? undefined : response.status).toMatchObject({
      code: 403,
      message: expect.stringContaining('reset it') as unknown,
    });
    expect(cluster.view.get('Service', 'default', 'web')).toBeUndefined();
    expect(journal).toEqual([]);
  });

  it('of another build is told from one of this', () => {
    const foreign = { at: 0, do: 'request', request: { verb: 'list', kind: 'Widget', group: '', namespace: '' } };
    const cluster = createCluster({ startTime: 0 });
    expect(() => replay(cluster, foreign as unknown as JournalEntry)).toThrow('Widget');
    expect(() => replay(cluster, { at: -1, do: 'lookAtEvents' })).toThrow('back in time');
  });
});
