import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe } from '@jest/globals';
import { Redis } from 'ioredis';

const isInstalled = spawnSync('redis-server', ['--version']).status === 0;

/** Without Redis on a developer's machine these tests are skipped; the continuous build requires it. */
export const describeWithRedis =
  isInstalled || process.env.KUBEDRILL_REQUIRE_SYSTEM_PACKAGES === '1' ? describe : describe.skip;

/** A Redis of the test's own: its own process, port and folder. */
export class RedisServer {
  readonly url: string;
  readonly #port: number;
  readonly #directory: string;
  #process: ChildProcess | undefined;

  private constructor(port: number, directory: string) {
    this.#port = port;
    this.#directory = directory;
    this.url = `redis://127.0.0.1:${port}`;
  }

  static async start(): Promise<RedisServer> {
    if (!isInstalled) {
      throw new Error('These tests need redis-server on the PATH (Debian: apt-get install redis-server).');
    }
    const server = new RedisServer(await freePort(), await mkdtemp(path.join(tmpdir(), 'kubedrill-redis-')));
    await server.up();
    return server;
  }

  /** Starts again with what was stored, after `down`. */
  async up(): Promise<void> {
    const options = ['--port', String(this.#port), '--bind', '127.0.0.1', '--dir', this.#directory];
    this.#process = spawn('redis-server', [...options, '--appendonly', 'yes', '--save', ''], { stdio: 'ignore' });
    const probe = new Redis(this.url, { retryStrategy: () => 20, maxRetriesPerRequest: null });
    probe.on('error', () => undefined);
    await probe.ping();
    probe.disconnect();
  }

  async down(): Promise<void> {
    const running = this.#process;
    this.#process = undefined;
    if (running === undefined) return;
    const ended = new Promise((resolve) => running.once('exit', resolve));
    running.kill('SIGTERM');
    await ended;
  }

  async stop(): Promise<void> {
    await this.down();
    await rm(this.#directory, { recursive: true, force: true });
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || address === null) throw new Error('no port is free');
  return address.port;
}
