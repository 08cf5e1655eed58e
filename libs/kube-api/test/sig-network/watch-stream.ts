import { request } from 'node:https';
import type { ServedCluster } from '../api-client.ts';

export interface StreamedEvent<T> {
  readonly type: string;
  readonly object: T;
}

/** A watch over HTTPS, read event by event. */
export class WatchStream<T> {
  private readonly waiting: StreamedEvent<T>[] = [];
  private readonly stream: ReturnType<typeof request>;
  private wake: () => void = () => undefined;
  private hasEnded = false;

  constructor({ port, token, certificate }: ServedCluster, path: string) {
    const options = { host: '127.0.0.1', port, path, ca: certificate };
    this.stream = request({ ...options, headers: { authorization: `Bearer ${token}` } }, (incoming) => {
      let text = '';
      incoming.on('data', (part: Buffer) => {
        const lines = `${text}${part.toString()}`.split('\n');
        text = lines.pop() ?? '';
        this.waiting.push(...lines.map((line) => JSON.parse(line) as StreamedEvent<T>));
        this.wake();
      });
      incoming.on('end', () => this.finish());
    });
    this.stream.on('error', () => this.finish());
    this.stream.end();
  }

  /** Those that come up to the first of which the condition is true: watchtools.Until. */
  async until(condition: (event: StreamedEvent<T>) => boolean): Promise<readonly StreamedEvent<T>[]> {
    const seen: StreamedEvent<T>[] = [];
    for (;;) {
      const next = await this.next();
      if (!next) throw new Error('watch channel should not close');
      seen.push(next);
      if (condition(next)) return seen;
    }
  }

  async next(): Promise<StreamedEvent<T> | undefined> {
    while (this.waiting.length === 0 && !this.hasEnded) await new Promise<void>((resolve) => (this.wake = resolve));
    return this.waiting.shift();
  }

  close(): void {
    this.stream.destroy();
  }

  private finish(): void {
    this.hasEnded = true;
    this.wake();
  }
}
