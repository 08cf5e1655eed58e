import http from 'node:http';

export const benchAccount = { email: 'bench@example.org', name: 'bench', password: 'correct horse battery' } as const;

/** A learner who submits over HTTP and waits for the stream of events to say that the grading is done. */
export class SubmissionClient {
  private readonly url: string;
  private readonly body: string;
  private readonly agent = new http.Agent({ keepAlive: true, maxSockets: 256 });
  private token = '';

  constructor(url: string, submission: unknown) {
    this.url = url;
    this.body = JSON.stringify(submission);
  }

  async logIn(): Promise<void> {
    const registered = await this.send('POST', '/api/v1/auth/register', JSON.stringify(benchAccount));
    const cookie = registered.headers['set-cookie']?.[0]?.split(';', 1)[0] ?? '';
    const made = await this.send('POST', '/api/v1/auth/tokens', '{"name":"bench"}', { cookie });
    this.token = (JSON.parse(made.text) as { token: string }).token;
  }

  /** Resolves to the milliseconds from the submission to the news that it is graded. */
  async submitAndWait(): Promise<number> {
    const start = performance.now();
    const accepted = await this.send('POST', '/api/v1/submissions', this.body);
    if (accepted.status !== 202) throw new Error(`a submission was answered with ${accepted.status}: ${accepted.text}`);
    const { links } = JSON.parse(accepted.text) as { links: { events: string } };
    // The stream ends when the submission is graded.
    const events = await this.send('GET', links.events);
    if (!events.text.includes('"graded"')) throw new Error(`a submission was not graded: ${events.text}`);
    return performance.now() - start;
  }

  /** What the platform answers to any other request. */
  async ask<T>(method: string, route: string, body?: unknown): Promise<T> {
    const answer = await this.send(method, route, body === undefined ? undefined : JSON.stringify(body));
    if (answer.status >= 300) throw new Error(`${method} ${route} was answered with ${answer.status}: ${answer.text}`);
    return JSON.parse(answer.text) as T;
  }

  close(): void {
    this.agent.destroy();
  }

  private send(
    method: string,
    route: string,
    body?: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<{ status: number; text: string; headers: http.IncomingHttpHeaders }> {
    return new Promise((resolve, reject) => {
      const request = http.request(`${this.url}${route}`, {
        method,
        agent: this.agent,
        headers: {
          ...(body === undefined
            ? {}
            : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
          ...(this.token === '' ? {} : { authorization: `Bearer ${this.token}` }),
          ...headers,
        },
      });
      request.on('error', reject);
      request.on('response', (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (text += chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text, headers: response.headers }));
        response.on('error', reject);
      });
      request.end(body);
    });
  }
}
