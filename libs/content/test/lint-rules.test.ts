import { describe, expect, it } from '@jest/globals';
import { formatIssue } from '../src/content-issue.ts';
import { lintContent } from '../src/lint.ts';
import { loadContent } from '../src/load-content.ts';
import { exampleModule, exerciseFile } from './example-module.ts';

const root = 'course/drills/expose';
const issuesOf = (changes: Readonly<Record<string, string | undefined>>): readonly string[] =>
  lintContent(loadContent(exampleModule(changes))).map(formatIssue);

/** A second exercise beside the example's. */
function second(definition: string): Readonly<Record<string, string>> {
  return {
    'course/drills/other/exercise.yaml': definition,
    'course/drills/other/brief.md': 'Again.',
    'course/drills/other/solutions/reference/service.yaml': 'kind: Service\nname: ${app}\n',
    'course/drills/other/mistakes/nothing/other.yaml': 'kind: ConfigMap\n',
  };
}

const otherFile = exerciseFile.replace('id: expose', 'id: other');
const needs = (file: string, ids: string): string =>
  file.replace('parameters:', `prerequisites: [${ids}]\nparameters:`);
const hinted = (hint: string): string => exerciseFile.replace('variants:', `hints:\n  - ${hint}\nvariants:`);
const solved = {
  [`${root}/solutions/reference/service.yaml`]: 'kind: Service\nspec: { ports: [{ targetPort: 3000 }] }\n',
};

describe('lint', () => {
  it.each<[what: string, changes: Readonly<Record<string, string | undefined>>, issue: string]>([
    [
      'prerequisites that go in a circle',
      { ...second(needs(otherFile, 'expose')), [`${root}/exercise.yaml`]: needs(exerciseFile, 'other') },
      'nobody could begin: expose -> other -> expose',
    ],
    [
      'an output in a console of a brief',
      { [`${root}/brief.md`]: 'Look:\n\n```console\n$ kubectl get pods\nNAME\n```\n' },
      'brief.md:5:1: error: outputs of a console are filled in: leave them out',
    ],
    [
      'a console without a command',
      { [`${root}/brief.md`]: '```console\nNAME\n```\n' },
      'a console begins with a command',
    ],
    [
      'a word that is read as a boolean',
      { [`${root}/mistakes/nothing/other.yaml`]: 'kind: ConfigMap\ndata: { lonely: yes }\n' },
      'other.yaml:2:9: warning: yes without quotes is read as true: write "yes" or true',
    ],
    [
      'an exercise that requires itself',
      { [`${root}/exercise.yaml`]: needs(exerciseFile, 'expose') },
      'nobody could begin: expose -> expose',
    ],
    [
      'a mistyped prerequisite',
      { ...second(needs(otherFile, 'exposed')) },
      'prerequisites[0]: there is no exercise "exposed"; did you mean "expose"?',
    ],
    [
      'a mistyped section',
      { [`${root}/exercise.yaml`]: exerciseFile.replace('section: first', 'section: frist') },
      'exercise.yaml:5:1: error: section: the module has no section "frist"; did you mean "first"?',
    ],
    [
      'a link to a file that is not there',
      { [`${root}/brief.md`]: 'See\n[the first](../../sections/frist.md).' },
      'brief.md:2:1: error: the link leads to "../../sections/frist.md", which does not exist; did you mean "course/sections/first.md"?',
    ],
    [
      'a link to an exercise that is not there',
      { 'course/sections/first.md': '# First\n\nDo [it](exercise:exposed).' },
      'first.md:3:4: error: there is no exercise "exposed"; did you mean "expose"?',
    ],
    [
      'a link to a heading that is not there',
      { 'course/sections/first.md': '# First things\n\n[up](#frist-things)' },
      'there is no heading "#frist-things" here; did you mean "first-things"?',
    ],
    [
      'a hint that gives a field away',
      { ...solved, [`${root}/exercise.yaml`]: hinted('{ text: "Write `targetPort: 3000`." }') },
      'hints[0].text: gives a piece of the solution away for nothing (targetPort: 3000): give it a cost',
    ],
    [
      'feedback that teaches nothing',
      { [`${root}/exercise.yaml`]: exerciseFile.replace('feedback: Look at the selector.', 'feedback: Wrong.') },
      'checks[0].feedback: say in a sentence',
    ],
    [
      'a variant without parameters',
      {
        [`${root}/exercise.yaml`]: exerciseFile
          .replace('  app: { name: backend }', '  {}')
          .replace(/\$\{app\}/g, 'app'),
        [`${root}/brief.md`]: 'Expose it.',
        [`${root}/solutions/reference/service.yaml`]: 'kind: Service\n',
      },
      'variants[0]: it has no parameters',
    ],
    [
      'two variants that ask for the same',
      {
        [`${root}/exercise.yaml`]: exerciseFile.replace(
          'mistakes:',
          '  - { id: more, title: More, difficulty: 2, points: 20 }\nmistakes:',
        ),
      },
      'variants[1]: it asks for the same as "basic"',
    ],
    [
      'variants that fall',
      {
        [`${root}/exercise.yaml`]: exerciseFile.replace(
          '{ id: basic, title: Basic, difficulty: 1, points: 10 }',
          '{ id: basic, title: Basic, difficulty: 3, points: 10 }\n  - { id: more, title: More, difficulty: 2, points: 20 }',
        ),
      },
      'variants[1].difficulty: below that of "basic"',
    ],
    [
      'a baseline of checks that do not exist',
      { [`${root}/exercise.yaml`]: exerciseFile.replace('variants:', 'baseline: [listd]\nvariants:') },
      'baseline: there is no check "listd"; did you mean "listed"?',
    ],
    [
      'a check that the scenario mistypes',
      {
        [`${root}/exercise.yaml`]: exerciseFile.replace(
          'variants:',
          'scenario: [{ apply: submission }, { check: [listed, lsited] }]\nvariants:',
        ),
      },
      'has no check "lsited"; did you mean "listed"?',
    ],
    [
      'commands that are in no commands.sh',
      { [`${root}/exercise.yaml`]: exerciseFile.replace('parameters:', 'accepts: commands\nparameters:') },
      'accepts: reference holds no commands.sh',
    ],
  ])('finds %s', (_what, changes, issue) => {
    expect(issuesOf(changes).join('\n')).toContain(issue);
  });

  it.each<[what: string, changes: Readonly<Record<string, string | undefined>>]>([
    [
      'links that lead somewhere',
      {
        'course/sections/first.md':
          '# The first: one\n\n[a](https://example.org) [b](../drills/expose) [c](#the-first-one) [d](exercise:expose) [e](section:first) `[g](nowhere)`',
        [`${root}/brief.md`]: 'Expose.\n\n```\n[f](nowhere)\n```\n',
      },
    ],
    [
      'a hint that costs something',
      {
        ...solved,
        [`${root}/exercise.yaml`]: hinted('{ text: "Write targetPort: 3000.", cost: 5 }'),
      },
    ],
    [
      'a hint that names what the learner has in front of him',
      {
        ...solved,
        [`${root}/start/service.yaml`]: 'kind: Service\nspec: { ports: [{ targetPort: 3000 }] }\n',
        [`${root}/exercise.yaml`]: hinted('{ text: "Look at targetPort: 3000." }'),
      },
    ],
  ])('takes %s', (_what, changes) => {
    expect(issuesOf(changes)).toEqual([]);
  });
});
