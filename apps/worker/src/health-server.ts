import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { WorkerConfig } from './config.ts';

/** Answers whoever runs the worker: GET /healthz (alive) and /readyz (takes jobs: 200, else 503). */
export class HealthServer implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #subject: { isReady(): Promise<boolean> };
  readonly #address: WorkerConfig['health'];
  readonly #server: Server;

  constructor(subject: { isReady(): Promise<boolean> }, address: WorkerConfig['health']) {
    this.#subject = subject;
    this.#address = address;
    this.#server = createServer((request, response) => void this.#answer(request.url, response));
  }

  async onApplicationBootstrap(): Promise<void> {
    const address = this.#address;
    if (address === undefined) return;
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(address.port, address.host, resolve);
    });
  }

  onApplicationShutdown(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #answer(url: string | undefined, response: ServerResponse): Promise<void> {
    switch (url) {
      case '/healthz':
        return send(response, 200, 'ok');
      case '/readyz': {
        const ready = await this.#subject.isReady().catch(() => false);
        return ready ? send(response, 200, 'ready') : send(response, 503, 'unavailable');
      }
      default:
        return send(response, 404, 'unknown');
    }
  }
}

function send(response: ServerResponse, code: number, status: string): void {
  response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify({ status }));
}
