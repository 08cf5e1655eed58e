import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Problem, SubmissionView } from '@kubedrill/contracts';
import { Learner } from './learner.ts';
import { ServerProcess, temporaryFolder } from './server-process.ts';
import { rightFiles } from './two-tier.ts';

const data = temporaryFolder();
let server: ServerProcess;
let ada: Learner;

beforeAll(async () => {
  server = await ServerProcess.api({ DATABASE_URL: `file:${data.path}/kubedrill.db`, SUBMISSIONS_PER_MINUTE: '1000' });
  ada = await Learner.register(server.url, 'ada');
}, 60_000);

afterAll(async () => {
  await server.stop();
  data.remove();
});

function manifest(content: string): Promise<SubmissionView> {
  return ada.grade('two-tier', 'basic', { 'api.yaml': content });
}

const messagesOf = ({ result }: SubmissionView): string => (result?.messages ?? []).map(({ text }) => text).join('\n');

/** What is refused before it becomes a submission: the status and a word that its explanation has to have. */
const refused: readonly (readonly [what: string, body: string, type: string, status: number, word: RegExp])[] = [
  ['an empty body', '', 'application/json', 400, /empty|body/i],
  ['no JSON', '{"exercise": ', 'application/json', 400, /json/i],
  ['a list', '[]', 'application/json', 400, /object|expected/i],
  ['no files', '{"exercise":"two-tier","variant":"basic"}', 'application/json', 400, /exactly one of files/],
  [
    'files of the wrong type',
    '{"exercise":"two-tier","variant":"basic","files":"x"}',
    'application/json',
    400,
    /array/,
  ],
  [
    'a path out of the folder',
    '{"exercise":"two-tier","variant":"basic","files":[{"path":"../x.yaml","content":"a: b"}]}',
    'application/json',
    400,
    /relative path/,
  ],
  [
    'an unknown exercise',
    '{"exercise":"two-teir","variant":"basic","files":[{"path":"a.yaml","content":"a: b"}]}',
    'application/json',
    404,
    /no exercise "two-teir"/,
  ],
  [
    'an unknown variant',
    '{"exercise":"two-tier","variant":"basics","files":[{"path":"a.yaml","content":"a: b"}]}',
    'application/json',
    404,
    /no variant "basics"/,
  ],
  [
    '10 MiB',
    JSON.stringify({
      exercise: 'two-tier',
      variant: 'basic',
      files: [{ path: 'a.yaml', content: 'x'.repeat(10 * 1024 * 1024) }],
    }),
    'application/json',
    413,
    /larger/,
  ],
  ['another media type', 'hello', 'text/plain', 415, /application\/json/],
  [
    '__proto__ as a field',
    '{"exercise":"two-tier","variant":"basic","__proto__":{"files":[]}}',
    'application/json',
    400,
    /./,
  ],
];

describe('a request that is refused', () => {
  it.each(refused)('%s', async (_what, body, type, status, word) => {
    const answer = await ada.ask<Problem>('POST', '/submissions', { body, headers: { 'content-type': type } });
    expect(answer.status).toBe(status);
    expect(answer.type).toContain('application/problem+json');
    expect(`${answer.body.title} ${answer.body.detail ?? ''}`).toMatch(word);
    expect(answer.body.status).toBe(status);
  });

  it('binary data in an upload', async () => {
    const form = new FormData();
    form.set('exercise', 'two-tier');
    form.set('variant', 'basic');
    form.append('files', new Blob([new Uint8Array([0xff, 0xfe, 0x00, 0x80])]), 'api.yaml');
    const answer = await ada.ask<Problem>('POST', '/submissions', { body: form });
    expect(answer.status).toBe(400);
    expect(answer.body.detail).toContain('not UTF-8');
  });

  it('no token, and a wrong one', async () => {
    for (const headers of [{}, { authorization: 'Bearer kd_wrong' }]) {
      const answer = await fetch(`${server.url}/api/v1/submissions`, { headers });
      expect(answer.status).toBe(401);
    }
  });

  it('an unknown route', async () => {
    const answer = await ada.ask<Problem>('GET', '/nothing-here');
    expect(answer).toMatchObject({ status: 404, body: { type: '/problems/not-found' } });
  });
});

const pod = 'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c, image: nginx}]}\n';

/** What becomes a submission that is graded, with the verdict and the words that a learner reads. */
const graded: readonly (readonly [what: string, content: string, verdicts: readonly string[], words: RegExp])[] = [
  ['no YAML at all', 'this is not yaml: [', ['rejected'], /line 1/],
  [
    'a syntax error',
    'apiVersion: v1\nkind: Service\nmetadata:\n  name: api\n bad: indent\n',
    ['rejected'],
    /line [45]/,
  ],
  [
    'a tab',
    'apiVersion: v1\nkind: Service\nmetadata:\n\tname: api\n',
    ['rejected'],
    /line 4.*tab|tab.*line 4|cannot start any token/s,
  ],
  [
    'an alias bomb',
    [
      'a: &a [x,x,x,x,x,x,x,x,x,x]',
      ...'bcdefghij'.split('').map(
        (key, index) =>
          `${key}: &${key} [${Array(10)
            .fill(`*${'abcdefghi'[index] ?? 'a'}`)
            .join(',')}]`,
      ),
    ].join('\n'),
    ['rejected', 'limited'],
    /alias|nodes|large/i,
  ],
  [
    '5,000 documents',
    Array(5_000).fill('apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}').join('\n---\n'),
    ['rejected', 'limited'],
    /documents/,
  ],
  ['deep nesting', `a: ${'['.repeat(2_000)}${']'.repeat(2_000)}`, ['rejected', 'limited'], /deep|nest/i],
  [
    'a thousand million replicas',
    (rightFiles['api.yaml'] ?? '').replace(/replicas: \d+/, 'replicas: 1000000000'),
    ['limited'],
    /./,
  ],
  [
    'an unknown kind',
    'apiVersion: v1\nkind: Servise\nmetadata: {name: api}\n',
    ['rejected'],
    /no matches for kind "Servise" in version "v1"/,
  ],
  [
    'control characters',
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {x: "\\u0001"}\n',
    ['failed', 'rejected', 'partial'],
    /|/,
  ],
  [
    'a name of emoji',
    'apiVersion: v1\nkind: Service\nmetadata: {name: "🚀"}\nspec: {ports: [{port: 80}]}\n',
    ['rejected'],
    /DNS-1123|RFC 1123|metadata\.name/,
  ],
  [
    'a right-to-left mark in a label',
    'apiVersion: v1\nkind: Service\nmetadata: {name: a, labels: {app: "x\u200f"}}\nspec: {ports: [{port: 80}]}\n',
    ['rejected'],
    /metadata\.labels/,
  ],
  [
    '__proto__ and constructor as keys',
    'apiVersion: v1\nkind: Service\nmetadata: {name: api}\n__proto__: {a: 1}\nconstructor: {b: 2}\nspec: {ports: [{port: 80}]}\n',
    ['rejected'],
    /unknown field/,
  ],
  ['a kind outside of the task', pod, ['rejected'], /Pod/],
];

describe('a manifest that is graded as it is', () => {
  it.each(graded)('%s', async (_what, content, verdicts, words) => {
    const submission = await manifest(content);
    expect(submission.status).toBe('graded');
    expect(verdicts).toContain(submission.verdict);
    expect(`${messagesOf(submission)}\n${submission.result?.limit?.text ?? ''}`).toMatch(words);
  });

  it('Windows line ends change nothing', async () => {
    const files = Object.fromEntries(
      Object.entries(rightFiles).map(([name, text]) => [name, text.replaceAll('\n', '\r\n')]),
    );
    expect((await ada.grade('two-tier', 'basic', files)).verdict).toBe('passed');
  });

  it('of duplicate keys the last one counts, as for kubectl', async () => {
    const files = {
      ...rightFiles,
      'api.yaml': (rightFiles['api.yaml'] ?? '').replace('kind: Service', 'kind: Wrong\nkind: Service'),
    };
    expect((await ada.grade('two-tier', 'basic', files)).verdict).toBe('passed');
  });

  it('of two documents with one name the second is applied over the first', async () => {
    const files = { ...rightFiles, 'zz.yaml': rightFiles['api.yaml'] ?? '' };
    expect((await ada.grade('two-tier', 'basic', files)).verdict).toBe('passed');
  });

  it('the server is as well as before', async () => {
    expect((await ada.grade('two-tier', 'basic', rightFiles)).verdict).toBe('passed');
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  });
});
