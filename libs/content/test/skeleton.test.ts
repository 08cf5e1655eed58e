import { describe, expect, it } from '@jest/globals';
import { lintContent } from '../src/lint.ts';
import { loadContent } from '../src/load-content.ts';
import { selfTest } from '../src/self-test.ts';
import { skeletonOf } from '../src/skeleton.ts';
import { exampleModule } from './example-module.ts';

const forms = ['files', 'commands', 'answers'] as const;

describe('a new exercise', () => {
  it.each(forms.flatMap((accepts) => (['drill', 'challenge'] as const).map((kind) => [kind, accepts] as const)))(
    '%s, answered by %s: lints and tests clean',
    (kind, accepts) => {
      const skeleton = skeletonOf({ id: 'brand-new', kind, accepts, section: 'first', concept: 'service' });
      const files = [...skeleton].map(([path, text]) => [`course/${kind}s/brand-new/${path}`, text] as const);
      const content = loadContent(new Map([...exampleModule(), ...files]));
      expect(lintContent(content)).toEqual([]);
      const made = content.modules[0]?.exercises.find(({ exercise }) => exercise.frame.id === 'brand-new');
      expect(made && selfTest(made, [1, 2]).failures).toEqual([]);
    },
  );
});
