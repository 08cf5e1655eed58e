import { describe, expect, it } from '@jest/globals';
import { loadContent } from '../src/load-content.ts';
import { exampleModule, exerciseFile, moduleFile } from './example-module.ts';

const twoSections = moduleFile.replace(
  'sections:\n',
  'sections:\n  - { id: later, title: Later, summary: The second., file: sections/later.md }\n',
);
const taught = `${twoSections}concepts:\n  - { id: service, title: A Service is an address, section: first }\n`;
const challenge = exerciseFile
  .replace('id: expose', 'id: both')
  .replace('kind: drill', 'kind: challenge')
  .replace('section: first', 'section: later');

function textOf(id: string, changes: Readonly<Record<string, string>>): string {
  const { modules } = loadContent(exampleModule(changes));
  return modules[0]?.sections.find((section) => section.id === id)?.text ?? '';
}

describe('the list at the end of a section', () => {
  it('names its exercises, easy ones first', () => {
    const harder = exerciseFile
      .replace('id: expose', 'id: aaa')
      .replace('title: Expose it', 'title: Harder')
      .replace('difficulty: 1', 'difficulty: 3');
    expect(textOf('first', { 'course/drills/aaa/exercise.yaml': harder })).toBe(
      [
        '# First\n\n## Practise now\n\nDrills:\n',
        '- [Expose it](exercise:expose): Put a Service in front.\n- [Harder](exercise:aaa): Put a Service in front.',
      ].join('\n'),
    );
  });

  it('names challenges of other sections that need its concepts', () => {
    const changes = { 'course/module.yaml': taught, 'course/challenges/both/exercise.yaml': challenge };
    expect(textOf('first', changes)).toContain(
      'Challenges of other sections that need this one:\n\n- [Expose it](exercise:both)',
    );
    expect(textOf('later', { ...changes, 'course/sections/later.md': '# Later' })).toContain(
      'Challenges:\n\n- [Expose it]',
    );
  });

  it('is left out where there is nothing to practise', () => {
    expect(textOf('later', { 'course/module.yaml': taught, 'course/sections/later.md': '# Later' })).toBe('# Later');
  });
});
