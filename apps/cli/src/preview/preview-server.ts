import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { previewPage } from './preview-page.ts';
import type { Preview } from './preview.ts';

const mostBytes = 1024 * 1024;
const mostListeners = 20;

const files = z.array(z.object({ path: z.string().min(1).max(300), content: z.string() })).max(100);
const submissionSchema = z.object({
  variant: z.string(),
  seed: z.int().min(0),
  content: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('files'), files }),
    z.object({ kind: z.literal('commands'), commands: z.array(z.string()).max(1000) }),
    z.object({ kind: z.literal('answers'), answers: z.record(z.string(), z.string()) }),
  ]),
});

/** The page, what it shows, gradings, and a stream that says when something was saved. For the author's own machine alone. */
export class PreviewServer {
  readonly server: Server;
  private readonly preview: Preview;
  private readonly listeners = new Set<ServerResponse>();

  constructor(preview: Preview) {
    this.preview = preview;
    this.server = createServer((request, response) => {
      this.answer(request, response).catch((error: unknown) => {
        send(response, 500, { text: error instanceof Error ? error.message : String(error) });
      });
    });
  }

  /** Tells every open page to look again. */
  changed(): void {
    this.preview.forget();
    for (const listener of this.listeners) listener.write('event: changed\ndata: {}\n\n');
  }

  close(): void {
    for (const listener of this.listeners) listener.end();
    this.server.close();
    this.server.closeAllConnections();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!isLocal(request.headers.host)) {
      send(response, 403, { text: 'a preview answers to localhost alone' });
      return;
    }
    const url = new URL(request.url ?? '/', 'http://localhost');
    switch (`${request.method ?? ''} ${url.pathname}`) {
      case 'GET /':
        response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
        response.end(previewPage);
        return;
      case 'GET /state':
        send(response, 200, this.preview.state(url.searchParams.get('variant') ?? undefined, seedOf(url)));
        return;
      case 'GET /events':
        this.listen(response);
        return;
      case 'POST /submissions':
        await this.grade(request, response);
        return;
      default:
        send(response, 404, { text: 'there is nothing here' });
    }
  }

  private listen(response: ServerResponse): void {
    if (this.listeners.size >= mostListeners) {
      send(response, 503, { text: 'there are too many open pages' });
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(': open\n\n');
    this.listeners.add(response);
    response.on('close', () => this.listeners.delete(response));
  }

  /** Of another site's page no browser sends this type without having asked. */
  private async grade(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.headers['content-type'] !== 'application/json') {
      send(response, 415, { text: 'send application/json' });
      return;
    }
    const body = await bodyOf(request);
    const parsed = body === undefined ? undefined : submissionSchema.safeParse(parsedJson(body));
    if (!parsed?.success) {
      send(response, body === undefined ? 413 : 400, {
        text: parsed ? z.prettifyError(parsed.error) : 'it is too large',
      });
      return;
    }
    const { variant, seed, content } = parsed.data;
    send(response, 200, this.preview.grade(variant, seed, content));
  }
}

function isLocal(host = ''): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host);
}

const largestSeed = 2 ** 32 - 1;

function seedOf(url: URL): number {
  const seed = Number(url.searchParams.get('seed') ?? '1');
  return Number.isInteger(seed) && seed >= 0 && seed <= largestSeed ? seed : 1;
}

async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > mostBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function send(response: ServerResponse, status: number, body: object): void {
  if (response.headersSent) {
    response.end();
    return;
  }
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}
