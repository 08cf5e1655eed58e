import { describe, expect, it } from '@jest/globals';
import { prepareInstance } from '@kubedrill/grader';
import { instantiate } from '../src/instantiate.ts';
import { loadContent } from '../src/load-content.ts';
import { observedBrief } from '../src/observed-brief.ts';
import { exampleModule } from './example-module.ts';

const [example] = loadContent(exampleModule()).modules.flatMap(({ exercises }) => exercises);

function observed(brief: string): ReturnType<typeof observedBrief> {
  return observedBrief(brief, () => {
    if (!example) throw new Error('the example module holds an exercise');
    return prepareInstance(instantiate(example.exercise, 'basic', 1));
  });
}

const consoleOf = (...lines: readonly string[]): string =>
  ['Look:', '', '```console', ...lines, '```', 'Say.'].join('\n');

describe('a console of a brief', () => {
  it('shows what its commands print in the initial cluster, one after the other', () => {
    const { text, complaints } = observed(
      consoleOf('$ kubectl create namespace shop', '$ kubectl get ns shop \\', '> -o name', 'node-1$ hostname'),
    );
    expect(complaints).toEqual([]);
    expect(text).toBe(
      consoleOf(
        '$ kubectl create namespace shop',
        'namespace/shop created',
        '$ kubectl get ns shop \\',
        '> -o name',
        'namespace/shop',
        'node-1$ hostname',
        'node-1',
      ),
    );
  });

  it('says which command has no place or prints nothing', () => {
    expect(observed(consoleOf('nobody$ hostname', '$ true')).complaints).toEqual([
      'line 4: there is no host, node or Pod "nobody"',
      'line 5: prints nothing',
    ]);
  });

  it('costs nothing where there is none', () => {
    const brief = 'Only\n\n```\n$ kubectl get pods\n```\n';
    expect(
      observedBrief(brief, () => {
        throw new Error('nobody asks');
      }),
    ).toEqual({ text: brief, complaints: [] });
  });
});
