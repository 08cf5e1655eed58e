import { request } from 'node:https';
import { createCluster, type ClusterSettings } from '@kubedrill/cluster-sim';
import { parseManifests } from '@kubedrill/kube-model';
import { KubeApi, loopbackCertificate, serveKubeApi } from '../src/index.ts';

export interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Received {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

export interface ServedCluster {
  readonly port: number;
  readonly token: string;
  readonly certificate: string;
  send(path: string, sent?: Sent): Promise<Received>;
  close(): Promise<void>;
}

/** A served cluster in which the manifests have been applied and time has passed. */
export async function servedCluster(manifests: string, settings: ClusterSettings = {}): Promise<ServedCluster> {
  const token = 'a-token-for-tests';
  const cluster = createCluster(settings);
  cluster.settle();
  if (manifests !== '') cluster.apply(parseManifests([{ path: 'test.yaml', content: manifests }]).documents);
  cluster.settle();
  const certificate = await loopbackCertificate();
  const api = new KubeApi({ cluster, serverAddress: '127.0.0.1:6443' });
  const server = await serveKubeApi({ api, port: 0, token, certificate, speed: 20 });
  return {
    port: server.port,
    token,
    certificate: certificate.cert,
    send: (path, { method = 'GET', headers = {}, body } = {}) =>
      new Promise((resolve, reject) => {
        const options = { host: '127.0.0.1', port: server.port, path, method, ca: certificate.cert };
        const outgoing = request(
          { ...options, headers: { authorization: `Bearer ${token}`, ...headers } },
          (incoming) => {
            let text = '';
            incoming.on('data', (part: Buffer) => (text += part.toString()));
            incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text }));
          },
        );
        outgoing.on('error', reject);
        outgoing.end(body);
      }),
    close: () => server.close(),
  };
}
