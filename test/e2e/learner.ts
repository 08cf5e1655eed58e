import type {
  AcceptedSubmission,
  InstanceView,
  LeaderboardView,
  ProgressView,
  SubmissionView,
} from '@kubedrill/contracts';

const gradingTimeout = 45_000;
const pollInterval = 20;

export interface Answer<T> {
  readonly status: number;
  readonly type: string;
  readonly body: T;
}

/** One person with an account and a personal access token, who speaks HTTP and nothing else. */
export class Learner {
  readonly name: string;
  private readonly api: string;
  private readonly token: string;

  private constructor(api: string, name: string, token: string) {
    this.api = api;
    this.name = name;
    this.token = token;
  }

  static async register(server: string, name: string): Promise<Learner> {
    const api = `${server}/api/v1`;
    const registered = await fetch(`${api}/auth/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: `${name}@example.org`, name, password: 'correct horse battery' }),
    });
    if (registered.status !== 201) throw new Error(`register: ${registered.status} ${await registered.text()}`);
    const cookie = registered.headers
      .getSetCookie()
      .map((line) => line.split(';', 1)[0])
      .join('; ');
    const made = await fetch(`${api}/auth/tokens`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie },
      body: '{"name":"test"}',
    });
    const { token } = (await made.json()) as { token: string };
    return new Learner(api, name, token);
  }

  async ask<T>(
    method: string,
    route: string,
    options: { readonly body?: RequestInit['body']; readonly headers?: Record<string, string> } = {},
  ): Promise<Answer<T>> {
    const { body, headers } = options;
    const answer = await fetch(`${this.api}${route}`, {
      method,
      headers: { authorization: `Bearer ${this.token}`, ...headers },
      ...(body === undefined ? {} : { body }),
    });
    const text = await answer.text();
    const type = answer.headers.get('content-type') ?? '';
    return { status: answer.status, type, body: (type.includes('json') && text !== '' ? JSON.parse(text) : text) as T };
  }

  async get<T>(route: string): Promise<T> {
    const { status, body } = await this.ask<T>('GET', route);
    if (status !== 200) throw new Error(`GET ${route}: ${status} ${JSON.stringify(body)}`);
    return body;
  }

  submitJson<T = AcceptedSubmission>(body: unknown, headers: Record<string, string> = {}): Promise<Answer<T>> {
    return this.ask<T>('POST', '/submissions', {
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
    });
  }

  /** Submits manifests and waits for the result. */
  async grade(exercise: string, variant: string, files: Readonly<Record<string, string>>): Promise<SubmissionView> {
    const list = Object.entries(files).map(([path, content]) => ({ path, content }));
    const accepted = await this.submitJson({ exercise, variant, files: list });
    if (accepted.status !== 202) throw new Error(`submit: ${accepted.status} ${JSON.stringify(accepted.body)}`);
    return this.graded(accepted.body.id);
  }

  /** Waits until the submission is graded or has faulted. */
  async graded(id: string): Promise<SubmissionView> {
    const deadline = Date.now() + gradingTimeout;
    for (;;) {
      const submission = await this.get<SubmissionView>(`/submissions/${id}`);
      if (submission.status === 'graded' || submission.status === 'faulted') return submission;
      if (Date.now() > deadline)
        throw new Error(`submission ${id} is still ${submission.status} after ${gradingTimeout} ms`);
      await new Promise((resolve) => setTimeout(resolve, pollInterval));
    }
  }

  instance(exercise: string, variant: string): Promise<InstanceView> {
    return this.get(`/exercises/${exercise}/variants/${variant}`);
  }

  progress(): Promise<ProgressView> {
    return this.get('/progress');
  }

  leaderboard(scope = 'global', period = 'all'): Promise<LeaderboardView> {
    return this.get(`/leaderboards/${scope}?period=${period}`);
  }
}
