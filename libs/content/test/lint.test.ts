import { describe, expect, it } from '@jest/globals';
import { formatIssue } from '../src/content-issue.ts';
import { readFolder } from '../src/folder-reader.ts';
import { lintContent } from '../src/lint.ts';
import { loadContent } from '../src/load-content.ts';
import { exampleModule, exerciseFile, moduleFile } from './example-module.ts';

const drill = 'course/drills/expose/exercise.yaml';

function lint(changes: Readonly<Record<string, string | undefined>>): readonly string[] {
  return lintContent(loadContent(exampleModule(changes))).map(formatIssue);
}

interface Edit {
  readonly what: string;
  readonly from: string;
  readonly to: string;
  readonly issue: string;
}

const edits: readonly Edit[] = [
  {
    what: 'a mistyped field of a check',
    from: 'feedback: Look',
    to: 'fedback: Look',
    issue: `${drill}:15:5: error: checks[0].fedback: unknown field "fedback"; did you mean "feedback"?`,
  },
  {
    what: 'a mistyped field of the frame',
    from: 'section: first',
    to: 'secton: first',
    issue: `${drill}:5:1: error: secton: unknown field "secton"; did you mean "section"?`,
  },
  {
    what: 'a missing field',
    from: '    title: The Pods are listed\n',
    to: '',
    issue: 'checks[0].title: "title" is missing',
  },
  {
    what: 'an unknown check kind',
    from: 'kind: endpoints',
    to: 'kind: endpoint',
    issue: `${drill}:12:5: error: checks[0].kind: write one of endpoints, endpointSlices,`,
  },
  {
    what: 'a number that is text',
    from: 'ready: 1',
    to: 'ready: one',
    issue: `${drill}:14:5: error: checks[0].ready: expected number, received string`,
  },
  {
    what: 'a difficulty out of range',
    from: 'difficulty: 1',
    to: 'difficulty: 9',
    issue: 'variants[0].difficulty: Too big',
  },
  {
    what: 'an unknown section',
    from: 'section: first',
    to: 'section: second',
    issue: `${drill}:5:1: error: section: the module has no section "second"`,
  },
  {
    what: 'an unknown prerequisite',
    from: 'concepts: [service]',
    to: 'concepts: [service]\nprerequisites: [nowhere]',
    issue: 'prerequisites[0]: there is no exercise "nowhere"',
  },
  {
    what: 'an unknown parameter',
    from: 'Look at the selector',
    to: 'Look at ${ap}',
    issue: 'exercise.yaml names ${ap}, which is no parameter',
  },
  {
    what: 'a pool that does not exist',
    from: 'name: backend',
    to: 'name: backends',
    issue: 'parameters.app.name: write one of backend, frontend',
  },
  {
    what: 'a mistake that says nothing',
    from: 'fails: [listed]',
    to: 'fails: []',
    issue: 'mistakes.nothing: name the checks that must fail, or the refusal',
  },
  {
    what: 'a mistake that names no check',
    from: 'fails: [listed]',
    to: 'fails: [lisetd]',
    issue: 'mistakes.nothing.fails[0]: there is no check "lisetd"; did you mean "listed"?',
  },
  {
    what: 'an explanation for a variant that there is none of',
    from: 'mistakes:',
    to: "accepted:\n  - { finding: hole, at: '*', because: A good reason., variants: [basics] }\nmistakes:",
    issue: 'accepted[0].variants[0]: there is no variant "basics"; did you mean "basic"?',
  },
  {
    what: 'a field path that is none',
    from: 'mistakes:',
    to: 'constraints: { immutable: [{ kind: Service, name: a, path: spec..x }] }\nmistakes:',
    issue: 'constraints.immutable[0].path: is no field path',
  },
  {
    what: 'a mistake without a folder',
    from: 'nothing:',
    to: 'anything:',
    issue: 'mistakes.anything: the folder mistakes/anything does not exist',
  },
  {
    what: 'a scenario that names no check',
    from: 'mistakes:',
    to: 'scenario: [{ apply: submission }, { check: [listd] }]\nmistakes:',
    issue: 'variant "basic" has no check "listd"',
  },
  {
    what: 'a scenario that names no node',
    from: 'mistakes:',
    to: 'scenario: [{ apply: submission }, { killNode: { node: node-9 } }, { check: all }]\nmistakes:',
    issue: 'variant "basic" has no node "node-9"; there are: node-1',
  },
  {
    what: 'a step of two actions',
    from: 'mistakes:',
    to: 'scenario: [{ apply: submission, check: all }]\nmistakes:',
    issue: 'scenario[0]: give exactly one of check, apply',
  },
  { what: 'a syntax error', from: 'concepts: [service]', to: 'concepts: [service', issue: `${drill}:` },
];

describe('lintContent', () => {
  it('finds nothing in a sound module', () => {
    expect(lint({})).toEqual([]);
  });

  it.each(edits)('finds $what', ({ from, to, issue }) => {
    const broken = exerciseFile.replace(from, to);
    expect(broken).not.toBe(exerciseFile);
    expect(lint({ [drill]: broken }).join('\n')).toContain(issue);
  });

  it.each([
    ['course/module.yaml', 'course/module.yaml: error: is missing'],
    ['course/sections/first.md', 'sections/first.md does not exist'],
    ['course/drills/expose/brief.md', 'there is no brief.md'],
    ['course/drills/expose/solutions/reference/service.yaml', 'it has no solution under solutions/'],
    ['course/drills/expose/mistakes/nothing/other.yaml', 'it has no mistake under mistakes/'],
  ])('misses %s', (path, issue) => {
    expect(lint({ [path]: undefined }).join('\n')).toContain(issue);
  });

  it.each([
    [
      'a concept that nothing practises',
      '{ id: dns, title: D, section: first }',
      'concepts[1].id: no drill practises "dns"',
    ],
    ['a concept of no section', '{ id: service, title: S, section: frist }', 'concepts[1].section: no section "frist"'],
    [
      'a concept twice',
      '{ id: service, title: S, section: first }',
      'concepts[1].id: the concept "service" is there already',
    ],
    [
      'an unknown need',
      '{ id: dns, title: D, section: first, needs: [servise] }',
      'no concept "servise"; did you mean "service"?',
    ],
    ['a circle', '{ id: dns, title: D, section: first, needs: [dns] }', 'goes in a circle: dns needs dns'],
  ])('finds %s', (_what, concept, issue) => {
    const service = '{ id: service, title: S, section: first }';
    const text = `${moduleFile}concepts:\n  - ${service}\n  - ${concept}\n`;
    expect(lint({ 'course/module.yaml': text }).join('\n')).toContain(issue);
  });

  it('finds an exercise with a concept that the module does not have', () => {
    const text = `${moduleFile}concepts: [{ id: services, title: S, section: first }]\n`;
    expect(lint({ 'course/module.yaml': text }).join('\n')).toContain(
      'concepts[0]: the module has no concept "service"; did you mean "services"?',
    );
  });

  it('finds prerequisites in a circle', () => {
    const broken = exerciseFile.replace('concepts: [service]', 'concepts: [service]\nprerequisites: [expose]');
    expect(lint({ [drill]: broken }).join('\n')).toContain('prerequisites: goes in a circle: expose needs expose');
  });

  it('finds two exercises of one id', () => {
    const twin = 'course/drills/twin';
    const issues = lint({
      [`${twin}/exercise.yaml`]: exerciseFile,
      [`${twin}/brief.md`]: 'x',
      [`${twin}/solutions/a/a.yaml`]: 'a: 1',
      [`${twin}/mistakes/nothing/a.yaml`]: 'a: 1',
    });
    expect(issues).toEqual([
      'course/drills/twin/exercise.yaml:1:1: error: id: course/drills/expose has the id "expose" already',
    ]);
  });

  it('finds nothing in the course', () => {
    const content = loadContent(readFolder(new URL('../../../challenges', import.meta.url).pathname));
    expect(lintContent(content).map(formatIssue)).toEqual([]);
    expect(content.modules.map(({ id }) => id)).toContain('services-and-networking');
  });
});
