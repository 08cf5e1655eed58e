import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AcceptedSubmission, SubmissionView } from '@kubedrill/contracts';
import { Learner } from './learner.ts';
import { ServerProcess, temporaryFolder } from './server-process.ts';

const target = { exercise: 'expose-by-command', variant: 'basic' };
const data = temporaryFolder();
let server: ServerProcess;
let ada: Learner;
let expose: string;

beforeAll(async () => {
  server = await ServerProcess.api({ DATABASE_URL: `file:${data.path}/kubedrill.db` });
  ada = await Learner.register(server.url, 'ada');
  const { brief } = await ada.instance(target.exercise, target.variant);
  expose = `kubectl expose deployment ${/Deployment `([^`]+)`/.exec(brief)?.[1] ?? ''} --port=80`;
}, 60_000);

afterAll(async () => {
  await server.stop();
  data.remove();
});

async function graded(commands: string | readonly string[]): Promise<SubmissionView> {
  const { status, body } = await ada.submitJson({ ...target, commands });
  if (status !== 202) throw new Error(`${status} ${JSON.stringify(body)}`);
  return ada.graded(body.id);
}

const attempts = async (): Promise<number> =>
  (await ada.progress()).variants.find(({ exercise }) => exercise === target.exercise)?.attempts ?? 0;

describe('commands that a learner types', () => {
  it('are judged by what the cluster has come to, and lead to the one that decided', async () => {
    const { verdict, commands, result } = await graded(['kubectl get pods', expose]);
    expect({ verdict, commands }).toEqual({ verdict: 'partial', commands: ['kubectl get pods', expose] });
    expect(result?.commands?.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
    expect(result?.checks.find(({ id }) => id === 'mapping')?.feedback?.command).toMatchObject({
      number: 2,
      line: 2,
      text: expose,
      did: 'changed',
    });
  });

  it('may come as one text, and as a field of a form', async () => {
    const text = `PORT=$(${expose} --dry-run=client -o yaml | grep -c port)\n${expose} --target-port=\\\n81\n`;
    expect((await graded(text)).result?.commands?.map(({ line }) => line)).toEqual([1, 2]);
    const form = new FormData();
    for (const [field, value] of Object.entries({ ...target, commands: text })) form.set(field, value);
    const { status, body } = await ada.ask<AcceptedSubmission>('POST', '/submissions', { body: form });
    expect(status).toBe(202);
    expect((await ada.graded(body.id)).verdict).toBe('partial');
  });

  it('cost no attempt where the platform lacks what was typed', async () => {
    const before = await attempts();
    const { status, fault, result } = await graded(['kubectl debug node/node-1']);
    expect({ status, result }).toEqual({ status: 'faulted', result: undefined });
    expect(fault).toContain('line 1: kubectl debug node/node-1: kubectl debug is not available');
    expect(await attempts()).toBe(before);
  });

  it.each([
    ['commands for an exercise that takes files', { exercise: 'two-tier', variant: 'basic', commands: 'true' }],
    ['files for one that takes commands', { ...target, files: [{ path: 'a.yaml', content: 'kind: Service' }] }],
    ['more than a terminal takes', { ...target, commands: 'x'.repeat(70_000) }],
    ['more commands than a terminal takes', { ...target, commands: Array.from({ length: 201 }, () => 'true') }],
    ['no command', { ...target, commands: [] }],
  ])('are refused: %s', async (_what, body) => {
    expect((await ada.submitJson(body)).status).toBe(400);
  });
});
