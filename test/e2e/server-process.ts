import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
const startTimeout = 30_000;
const pollInterval = 50;

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** A folder for one test's database; removed by `remove`. */
export function temporaryFolder(): { readonly path: string; remove(): void } {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'kubedrill-e2e-'));
  return { path: folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** A real process of the build, as `npm start` runs it. */
export class ServerProcess {
  readonly url: string;
  private readonly child: ChildProcess;
  private readonly exited: Promise<void>;
  private output = '';

  private constructor(child: ChildProcess, url: string) {
    this.child = child;
    this.url = url;
    this.exited = new Promise((resolve) => child.once('exit', () => resolve()));
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
  }

  /** Starts the API and waits until it is ready. */
  static async api(environment: Readonly<Record<string, string>>): Promise<ServerProcess> {
    const port = environment.PORT === undefined ? await freePort() : Number(environment.PORT);
    const server = ServerProcess.launch(
      'api',
      { ...environment, PORT: String(port), HOST: '127.0.0.1' },
      `http://127.0.0.1:${port}`,
    );
    await server.until('/readyz');
    return server;
  }

  /** Starts a grading worker, which needs REDIS_URL, and waits until it is ready. */
  static async worker(environment: Readonly<Record<string, string>>): Promise<ServerProcess> {
    const port = await freePort();
    const server = ServerProcess.launch(
      'worker',
      { ...environment, HEALTH_PORT: String(port) },
      `http://127.0.0.1:${port}`,
    );
    await server.until('/readyz');
    return server;
  }

  private static launch(app: string, environment: Readonly<Record<string, string>>, url: string): ServerProcess {
    const main = path.join(root, 'apps', app, 'dist', 'main.js');
    const child = spawn(process.execPath, [main], {
      cwd: root,
      env: { PATH: process.env.PATH ?? '', LOG_LEVEL: 'warn', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return new ServerProcess(child, url);
  }

  get log(): string {
    return this.output;
  }

  /** Ends it without any chance to tidy up. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.exited;
  }

  async stop(): Promise<void> {
    this.child.kill('SIGTERM');
    await this.exited;
  }

  private async until(route: string): Promise<void> {
    const deadline = Date.now() + startTimeout;
    for (;;) {
      if (this.child.exitCode !== null) throw new Error(`the process ended before it was ready:\n${this.output}`);
      const answer = await fetch(`${this.url}${route}`).catch(() => undefined);
      if (answer?.ok) return;
      if (Date.now() > deadline) {
        await this.kill();
        throw new Error(`not ready after ${startTimeout} ms:\n${this.output}`);
      }
      await new Promise((resolve) => setTimeout(resolve, pollInterval));
    }
  }
}
