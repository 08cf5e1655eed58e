import { WebSocket } from 'ws';
import { servedCluster, type Received, type ServedCluster } from '../api-client.ts';
import { WatchStream } from './watch-stream.ts';

/** test/utils/image/manifest.go of v1.36. */
export const agnhost = 'registry.k8s.io/e2e-test-images/agnhost:2.63.0';
export const dnsTools = 'registry.k8s.io/e2e-test-images/glibc-dns-testing:2.0.0';

export interface Ran {
  readonly stdout: string;
  readonly code: number;
}

type Labels = Readonly<Record<string, string>>;

/** What the specs use of test/e2e/framework, in one namespace of a served cluster. */
export class SpecCluster {
  readonly namespace: string;
  private readonly served: ServedCluster;

  private constructor(served: ServedCluster, namespace: string) {
    this.served = served;
    this.namespace = namespace;
  }

  static async open(): Promise<SpecCluster> {
    const spec = new SpecCluster(await servedCluster('', { processes: 'inTime' }), 'e2e-1234');
    await spec.send('/api/v1/namespaces', 'POST', { metadata: { name: spec.namespace } });
    // framework.go waits for both in each namespace.
    await spec.until(async () => (await spec.get('serviceaccounts/default')).status === 200);
    await spec.until(async () => (await spec.get('configmaps/kube-root-ca.crt')).status === 200);
    return spec;
  }

  async close(): Promise<void> {
    await this.send(`/api/v1/namespaces/${this.namespace}`, 'DELETE');
    await this.until(async () => (await this.send(`/api/v1/namespaces/${this.namespace}`)).status === 404);
    await this.served.close();
  }

  send(path: string, method = 'GET', body?: object, type = 'application/json'): Promise<Received> {
    const content = body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': type } };
    return this.served.send(path, { method, ...content });
  }

  /** A request that must succeed, and its answer. */
  async ask<T>(path: string, method = 'GET', body?: object, type?: string): Promise<T> {
    const { status, text } = await this.send(path, method, body, type);
    if (status >= 300) throw new Error(text);
    return JSON.parse(text) as T;
  }

  watch<T>(path: string): WatchStream<T> {
    return new WatchStream<T>(this.served, path);
  }

  get(path: string): Promise<Received> {
    return this.send(`/api/v1/namespaces/${this.namespace}/${path}`);
  }

  async object<T>(path: string): Promise<T> {
    return JSON.parse((await this.get(path)).text) as T;
  }

  async pod(
    name: string,
    container: object,
    { spec = {}, labels = {} }: { readonly spec?: object; readonly labels?: Labels } = {},
  ): Promise<string> {
    const containers = [{ name: 'agnhost-container', image: agnhost, ...container }];
    await this.create('pods', {
      metadata: { name, labels },
      spec: { terminationGracePeriodSeconds: 0, containers, ...spec },
    });
    return this.ready(name);
  }

  /** Its address, when it is ready. */
  async ready(name: string): Promise<string> {
    let address = '';
    await this.until(async () => {
      const { text } = await this.get(`pods/${name}`);
      address = /"podIP":"([^"]+)"/.exec(text)?.[1] ?? '';
      return /"type":"Ready"[^}]*"status":"True"|"status":"True"[^}]*"type":"Ready"/.test(text);
    });
    return address;
  }

  async service(name: string, spec: object): Promise<{ readonly clusterIP: string; readonly nodePort: number }> {
    const { text } = await this.create('services', { metadata: { name }, spec });
    const { spec: stored } = JSON.parse(text) as { spec: { clusterIP?: string; ports?: { nodePort?: number }[] } };
    return { clusterIP: stored.clusterIP ?? '', nodePort: stored.ports?.[0]?.nodePort ?? 0 };
  }

  async patchService(name: string, spec: object): Promise<{ readonly clusterIP: string; readonly nodePort: number }> {
    const path = `/api/v1/namespaces/${this.namespace}/services/${name}`;
    const { status, text } = await this.send(path, 'PATCH', { spec }, 'application/merge-patch+json');
    if (status !== 200) throw new Error(text);
    const { spec: stored } = JSON.parse(text) as { spec: { clusterIP?: string; ports?: { nodePort?: number }[] } };
    return { clusterIP: stored.clusterIP ?? '', nodePort: stored.ports?.[0]?.nodePort ?? 0 };
  }

  async create(plural: string, body: object): Promise<Received> {
    const answer = await this.send(`/api/v1/namespaces/${this.namespace}/${plural}`, 'POST', body);
    if (answer.status !== 201) throw new Error(answer.text);
    return answer;
  }

  async delete(path: string): Promise<void> {
    await this.send(`/api/v1/namespaces/${this.namespace}/${path}`, 'DELETE', { gracePeriodSeconds: 0 });
    await this.until(async () => (await this.get(path)).status === 404);
  }

  /** Names of the Pods that the Service's slices have as ready endpoints, sorted. */
  async endpoints(service: string): Promise<readonly string[]> {
    const selector = encodeURIComponent(`kubernetes.io/service-name=${service}`);
    const path = `/apis/discovery.k8s.io/v1/namespaces/${this.namespace}/endpointslices?labelSelector=${selector}`;
    const { items } = JSON.parse((await this.send(path)).text) as {
      items: { endpoints?: { conditions?: { ready?: boolean }; targetRef?: { name: string } }[] }[];
    };
    const ready = items.flatMap(({ endpoints }) =>
      (endpoints ?? []).filter(({ conditions }) => conditions?.ready ?? true),
    );
    return ready.map(({ targetRef }) => targetRef?.name ?? '').sort();
  }

  async until(condition: () => Promise<boolean>): Promise<void> {
    for (let round = 0; round < 400; round += 1) {
      if (await condition()) return;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error('timed out waiting for the condition');
  }

  /** e2eoutput.RunHostCmd: kubectl exec POD -- /bin/sh -x -c COMMAND. */
  run(pod: string, command: string): Promise<Ran> {
    return this.exec(pod, ['/bin/sh', '-x', '-c', command]);
  }

  exec(pod: string, argv: readonly string[], container = ''): Promise<Ran> {
    const { port, token, certificate } = this.served;
    const query = new URLSearchParams({ stdout: 'true', stderr: 'true', container });
    for (const word of argv) query.append('command', word);
    const url = `wss://127.0.0.1:${port}/api/v1/namespaces/${this.namespace}/pods/${pod}/exec?${query.toString()}`;
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(url, ['v5.channel.k8s.io'], {
        ca: certificate,
        headers: { authorization: `Bearer ${token}` },
      });
      const text: Record<number, string> = {};
      socket.on('message', (data: Buffer) => {
        const channel = data[0] ?? 0;
        text[channel] = (text[channel] ?? '') + data.subarray(1).toString();
      });
      socket.on('close', () => {
        const status = JSON.parse(text[3] ?? '{}') as { details?: { causes?: { message?: string }[] } };
        resolve({ stdout: text[1] ?? '', code: Number(status.details?.causes?.[0]?.message ?? 0) });
      });
      socket.on('error', reject);
    });
  }

  /** jig.go testEndpointReachability. */
  async reaches(pod: string, host: string, port: number, protocol: 'TCP' | 'UDP' = 'TCP'): Promise<boolean> {
    const { stdout, code } = await this.run(
      pod,
      `echo hostName | nc -v ${protocol === 'TCP' ? '-t' : '-u'} -w 2 ${host} ${port}`,
    );
    return code === 0 && stdout.trim() !== '';
  }
}
