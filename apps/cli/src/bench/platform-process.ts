import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { benchAccount } from './submission-client.ts';

const apps = path.resolve(import.meta.dirname, '../../..');
const startTimeout = 180_000;
const unlimited = '1000000';
const databaseName = 'bench.db';

/** A platform of the build's own processes on loopback, with a database of its own; ended and removed by `stop`. */
export class PlatformProcess {
  readonly url: string;
  private readonly children: readonly ChildProcess[];
  private readonly folder: string;

  private constructor(url: string, children: readonly ChildProcess[], folder: string) {
    this.url = url;
    this.children = children;
    this.folder = folder;
  }

  get databaseFile(): string {
    return path.join(this.folder, databaseName);
  }

  static async embedded(): Promise<PlatformProcess> {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'kubedrill-bench-'));
    const port = await freePort();
    return PlatformProcess.ready(port, [launch('api', { ...apiEnvironment(folder, port) })], folder);
  }

  /** API, two workers and a Redis of their own; undefined where redis-server is not installed. */
  static async withRedis(): Promise<PlatformProcess | undefined> {
    if (spawnSync('redis-server', ['--version']).status !== 0) return undefined;
    const folder = mkdtempSync(path.join(os.tmpdir(), 'kubedrill-bench-'));
    const [port, redisPort] = [await freePort(), await freePort()];
    const redis = spawn(
      'redis-server',
      ['--port', String(redisPort), '--bind', '127.0.0.1', '--dir', folder, '--save', ''],
      { stdio: 'ignore' },
    );
    const queue = { REDIS_URL: `redis://127.0.0.1:${redisPort}`, GRADING_CONCURRENCY: '1' };
    const workers = [launch('worker', queue), launch('worker', queue)];
    return PlatformProcess.ready(
      port,
      [launch('api', { ...apiEnvironment(folder, port), ...queue }), ...workers, redis],
      folder,
    );
  }

  async stop(): Promise<void> {
    for (const child of this.children) {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      if (child.exitCode === null && child.kill('SIGTERM')) await ended;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  private static async ready(
    port: number,
    children: readonly ChildProcess[],
    folder: string,
  ): Promise<PlatformProcess> {
    const platform = new PlatformProcess(`http://127.0.0.1:${port}`, children, folder);
    const deadline = Date.now() + startTimeout;
    for (;;) {
      const answer = await fetch(`${platform.url}/readyz`).catch(() => undefined);
      if (answer?.ok) return platform;
      if (Date.now() > deadline || children.some(({ exitCode }) => exitCode !== null)) {
        await platform.stop();
        throw new Error('the platform does not start; try npm start to see why');
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

function apiEnvironment(folder: string, port: number): Record<string, string> {
  return {
    DATABASE_URL: `file:${path.join(folder, databaseName)}`,
    PORT: String(port),
    HOST: '127.0.0.1',
    REQUESTS_PER_MINUTE: unlimited,
    SUBMISSIONS_PER_MINUTE: unlimited,
    LOGINS_PER_MINUTE: unlimited,
    ADMIN_EMAIL: benchAccount.email,
  };
}

function launch(app: string, environment: Readonly<Record<string, string>>): ChildProcess {
  const main = path.join(apps, app, 'dist', 'main.js');
  return spawn(process.execPath, [main], {
    env: { PATH: process.env.PATH ?? '', LOG_LEVEL: 'error', ...environment },
    stdio: 'ignore',
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
