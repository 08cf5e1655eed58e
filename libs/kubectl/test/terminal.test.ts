import { describe, expect, it } from '@jest/globals';
import { createCluster } from '@kubedrill/cluster-sim';
import { missingPart } from '../src/kubectl-surface.ts';
import { typeCommands, type TypedCommand, type TypingEnd } from '../src/terminal.ts';

function typed(text: string): { readonly commands: readonly TypedCommand[]; readonly end: TypingEnd } {
  const cluster = createCluster();
  cluster.settle();
  const typing = typeCommands(cluster, { namespace: 'default', files: new Map() }, text);
  const commands: TypedCommand[] = [];
  for (let step = typing.next(); ; step = typing.next()) {
    if (step.done === true) return { commands, end: step.value };
    commands.push(step.value);
  }
}

describe('typeCommands', () => {
  it('goes on after a failure, and ends with `exit`', () => {
    const { commands, end } = typed('false\nX=1\nset -- a b; echo $X $2\ncd /tmp\npwd\nexit 3\necho never');
    expect(commands.map(({ stdout, exitCode }) => [stdout, exitCode])).toEqual([
      ...[
        ['', 1],
        ['', 0],
        ['1 b\n', 0],
        ['', 0],
        ['/tmp\n', 0],
        ['', 3],
      ],
    ]);
    expect(end).toEqual({ kind: 'ended' });
  });

  it('speaks as an interactive bash', () => {
    expect(typed('kubctl get pods\necho )').commands.map(({ stderr }) => stderr)).toEqual([
      'bash: kubctl: command not found\n',
      "bash: syntax error near unexpected token `)'\n",
    ]);
  });

  it('lets time pass as commands take it', () => {
    const { commands } = typed('kubectl get nodes > /dev/null; sleep 30\ndate +%s\nsleep 60\ndate +%s');
    expect(Number(commands[3]?.stdout) - Number(commands[1]?.stdout)).toBe(60);
  });

  it('takes a command of kubectl for unsupported only where kubectl has it', () => {
    expect(typed('kubectl frobnicate').end).toEqual({ kind: 'ended' });
    expect(typed('kubectl get --frobnicate').end).toEqual({ kind: 'ended' });
    expect(typed('kubectl proxy').end).toMatchObject({ kind: 'unsupported' });
  });
});

/** Expected: what the help of kubectl v1.36 names. */
describe('missingPart', () => {
  const none = (): undefined => undefined;
  const all = (): ReadonlySet<string> => new Set(['output']);
  it.each([
    ['debug node/a', none, 'kubectl debug'],
    ['-n x rollout undo deploy/a', none, 'kubectl rollout undo'],
    ['get pods -w', all, 'kubectl get --watch'],
    ['get pods -o wide', all, undefined],
    ['get pods -n x', all, undefined],
    ['get pods --colour', all, undefined],
    ['exec a -- ls -w', all, undefined],
    ['gte pods', none, undefined],
  ])('kubectl %s', (line, modelled, expected) => {
    expect(missingPart(line.split(' '), modelled)).toBe(expected);
  });
});
