import { describe, expect, it } from '@jest/globals';
import { UnsupportedCommandError } from '../src/commands/unsupported-command.ts';
import { gradeSubmission } from '../src/grade-submission.ts';
import type { GradingResult } from '../src/grading-result.ts';
import { prepareInstance } from '../src/prepared-instance.ts';
import { exampleInstance, type InstanceParts } from './example-instance.ts';
import { deployment } from './example-manifests.ts';

const mapped = { id: 'mapped', kind: 'portMapping', service: 'web', port: 80, podPort: 80 };
const expose = 'kubectl expose deployment web --port=80';

function graded(commands: readonly string[], parts: Partial<InstanceParts> = {}): GradingResult {
  const instance = exampleInstance({
    accepts: 'commands',
    initial: deployment({ name: 'web' }),
    checks: [mapped],
    ...parts,
  });
  return gradeSubmission(prepareInstance(instance), { kind: 'commands', commands });
}

const verdictOf = ({ verdict, points }: GradingResult): string => `${verdict} ${points}`;
const messagesOf = ({ messages }: GradingResult): readonly string[] =>
  messages.map(({ text, position }) => `${position?.line ?? '-'} ${text}`);

describe('submitted commands', () => {
  it.each<[what: string, commands: readonly string[], parts?: Partial<InstanceParts>]>([
    ['one command', [expose]],
    [
      'a text with several lines',
      [`# in front of the Pods\n\nNAME=web\nkubectl expose deployment $NAME \\\n  --port=80\n`],
    ],
    ['variables that last from one element to the next', ['NAME=web', 'kubectl expose deployment $NAME --port=80']],
    [
      'a here-document over several elements',
      [
        'kubectl apply -f - <<EOF',
        'apiVersion: v1',
        'kind: Service',
        'metadata: {name: web}',
        'spec: {selector: {app: web}, ports: [{port: 80}]}',
        'EOF',
      ],
    ],
    [
      'a file of the workstation that a tool changes',
      ["sed -i 's/81/80/' service.yaml && kubectl apply -f service.yaml"],
      {
        workstation: {
          'service.yaml':
            'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: web}, ports: [{port: 81}]}\n',
        },
      },
    ],
    ['Windows line ends', [`true\r\n${expose}\r\n`]],
    ['what follows a command that failed', ['kubectl expose deployment wbe --port=80', expose]],
  ])('passes with %s', (...[, commands, parts]) => {
    expect(verdictOf(graded(commands, parts))).toBe('passed 100');
  });

  it('says in kubectl’s own words which line failed, and what that means', () => {
    const result = graded(['kubectl get pods', 'kubectl expose deployment wbe --port=80']);
    expect(verdictOf(result)).toBe('failed 0');
    expect(messagesOf(result)).toEqual([
      '2 Error from server (NotFound): deployments.apps "wbe" not found',
      '- 1 of 2 commands failed; the others were run all the same, and the checks judge what the cluster has come to',
    ]);
    expect(result.checks[0]?.feedback?.command).toEqual({
      ...{ number: 2, line: 2, text: 'kubectl expose deployment wbe --port=80', exitCode: 1, did: 'failed' },
      output: 'Error from server (NotFound): deployments.apps "wbe" not found',
    });
  });

  it('leads from a failed check to the command that set what decided', () => {
    const { checks, commands } = graded(['kubectl get pods', `${expose} --target-port=81`, 'kubectl get svc web']);
    expect(checks[0]?.feedback?.command).toEqual({
      ...{ number: 2, line: 2, text: `${expose} --target-port=81`, exitCode: 0, did: 'changed' },
      output: 'service/web exposed',
      field: 'Service default/web spec.ports[0].targetPort',
    });
    expect(commands?.map(({ number, stdout }) => [number, stdout.split('\n').length])).toEqual([
      [1, 4],
      [2, 2],
      [3, 3],
    ]);
  });

  it('takes no exit code for a failure that says nothing', () => {
    expect(graded(['kubectl get pods | grep nothing', expose]).messages).toEqual([]);
  });

  it('interrupts what does not end by itself', () => {
    expect(messagesOf(graded(['yes', expose]))).toEqual(['1 this command does not end by itself: it was interrupted']);
  });

  it.each<[what: string, commands: readonly string[], parts: Partial<InstanceParts>, verdict: string, text: RegExp]>([
    ['nothing but comments', ['# todo', ''], {}, 'rejected', /there is no command/],
    [
      'kinds that are not allowed',
      [expose, 'kubectl create namespace x'],
      { constraints: { allowedKinds: ['Service'] } },
      'rejected',
      /2 this exercise is solved with Service alone/,
    ],
    [
      'a change of what must stay',
      ['kubectl scale deployment web --replicas=5', expose],
      { constraints: { immutable: [{ kind: 'Deployment', name: 'web', path: 'spec.replicas' }] } },
      'rejected',
      /Deployment web must keep its spec.replicas/,
    ],
    ['a loop without end', ['while true; do true; done'], {}, 'limited', /^$/],
    ['more commands than are taken', Array.from({ length: 201 }, () => 'true'), {}, 'limited', /^$/],
    ['a wait that is too long', ['sleep 100000'], {}, 'limited', /^$/],
  ])('has words for %s', (_what, commands, parts, verdict, text) => {
    const result = graded(commands, parts);
    expect([result.verdict, messagesOf(result)[0] ?? '']).toEqual([verdict, expect.stringMatching(text)]);
    expect(result.limit === undefined).toBe(verdict !== 'limited');
  });

  it.each([
    ['kubectl debug web-1 -it --image=busybox', 'line 2: kubectl debug'],
    ['kubectl get pods -o json | jq .items', 'line 2: .*jq is not available'],
    ['ln -s web.yaml link.yaml', 'line 2: .*ln is not available'],
    ['kubectl proxy 2> /dev/null || true', 'line 2: .*kubectl proxy is not available'],
  ])('judges nobody by what the platform lacks: %s', (command, text) => {
    expect(() => graded(['true', command])).toThrow(UnsupportedCommandError);
    expect(() => graded(['true', command])).toThrow(new RegExp(`${text}.*no attempt was counted`));
  });

  it('gives a receipt that follows from the commands', () => {
    expect(graded([expose]).receipt).toEqual(graded([expose]).receipt);
    expect(graded([expose, 'true']).receipt.submission).not.toBe(graded([expose]).receipt.submission);
  });

  it('keeps a bounded part of what was printed', () => {
    const { commands } = graded(Array.from({ length: 60 }, () => 'seq 1 2000'));
    expect(JSON.stringify(commands).length).toBeLessThan(60_000);
  });

  it('ask the server what it has where one is handed in', () => {
    const instance = exampleInstance({
      accepts: 'commands',
      initial: deployment({ name: 'web' }),
      checks: [mapped],
    });
    const content = { kind: 'commands', commands: ['kubectl get --raw /version', expose] } as const;
    const served = gradeSubmission(prepareInstance(instance), content, () => ({
      get: ({ path }) => ({ code: 200, text: `what is at ${path}\n`, warnings: [] }),
    }));
    expect(served.commands?.map(({ stdout }) => stdout)).toEqual(['what is at /version\n', 'service/web exposed\n']);
    expect(() => gradeSubmission(prepareInstance(instance), content)).toThrow(UnsupportedCommandError);
  });
});
