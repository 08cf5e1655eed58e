import { request } from 'node:https';
import type { Learner } from './learner.ts';

/** What a kubeconfig says, as far as a client needs it. */
export interface Kubeconfig {
  readonly server: string;
  readonly token: string;
  readonly authority: string;
  readonly serverName: string;
}

export interface KubeAnswer<T = unknown> {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly body: T;
}

export async function kubeconfigOf(learner: Learner, id: string): Promise<Kubeconfig> {
  const text = await learner.get<string>(`/sandboxes/${id}/kubeconfig`);
  const field = (name: string): string => new RegExp(`${name}: (\\S+)`).exec(text)?.[1] ?? '';
  const authority = Buffer.from(field('certificate-authority-data'), 'base64').toString();
  return { server: field('server'), token: field('token'), serverName: field('tls-server-name'), authority };
}

/** A request as kubectl sends it: over TLS, trusting the kubeconfig's certificate and no other. */
export function askKube<T>(
  { server, token, authority, serverName }: Kubeconfig,
  path: string,
  { method = 'GET', body }: { readonly method?: string; readonly body?: unknown } = {},
): Promise<KubeAnswer<T>> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return new Promise((resolve, reject) => {
    const asked = request(`${server}${path}`, { method, ca: authority, servername: serverName, headers }, (answer) => {
      let text = '';
      answer.on('data', (part: Buffer) => (text += part.toString()));
      answer.once('end', () => {
        const json = (text.startsWith('{') ? JSON.parse(text) : text) as T;
        resolve({ status: answer.statusCode ?? 0, retryAfter: answer.headers['retry-after'], body: json });
      });
    });
    asked.once('error', reject);
    asked.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** Resolves when its answer has begun, after such waits as it is told to make; the result ends it. */
export async function watchKube(config: Kubeconfig, path: string): Promise<() => void> {
  for (let tries = 0; tries < 10; tries += 1) {
    const watch = await watchOnce(config, path);
    if (typeof watch === 'function') return watch;
    await new Promise((resolve) => setTimeout(resolve, watch * 1_000));
  }
  throw new Error('the watch is told to wait again and again');
}

function watchOnce({ server, token, authority, serverName }: Kubeconfig, path: string): Promise<number | (() => void)> {
  const headers = { authorization: `Bearer ${token}` };
  return new Promise((resolve, reject) => {
    const asked = request(`${server}${path}`, { ca: authority, servername: serverName, headers }, (answer) => {
      answer.on('error', () => undefined).resume();
      if (answer.statusCode === 200) resolve(() => asked.destroy());
      else if (answer.statusCode === 429) resolve(Number(answer.headers['retry-after'] ?? 1));
      else reject(new Error(`a watch is answered with ${answer.statusCode}`));
    });
    asked.on('error', reject);
    asked.end();
  });
}
