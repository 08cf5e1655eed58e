import { describe, expect, it } from '@jest/globals';
import { resolve } from 'node:path';
import type { Exercise } from '../src/exercise.ts';
import { asExerciseVersion, digestOfVersion } from '../src/exercise-version.ts';
import { readFolder } from '../src/folder-reader.ts';
import { instantiate } from '../src/instantiate.ts';
import { learnerView } from '../src/learner-view.ts';
import { loadContent } from '../src/load-content.ts';

const course = loadContent(readFolder(resolve(import.meta.dirname, '../../../challenges')));

function twoTier(): Exercise {
  const found = course.modules
    .flatMap(({ exercises }) => exercises)
    .find(({ exercise }) => exercise.frame.id === 'two-tier');
  if (!found) throw new Error('the course has no two-tier challenge');
  return found.exercise;
}

describe('instantiate', () => {
  it('fills in parameters with their types', () => {
    const { checks } = instantiate(twoTier(), 'basic', 1);
    expect(checks.find(({ id }) => id === 'web-node-port')).toMatchObject({
      service: 'web',
      nodePort: 30080,
      title: 'Port 30080 of the nodes leads to the frontend',
    });
  });

  it('adds, changes and removes checks by variant', () => {
    const ids = (variant: string): readonly string[] => instantiate(twoTier(), variant, 1).checks.map(({ id }) => id);
    expect(ids('rolling-port').filter((id) => !ids('basic').includes(id))).toEqual([
      'named-target-port',
      'reads-after-move',
    ]);
    const changed = instantiate(twoTier(), 'two-namespaces', 1).checks.find(({ id }) => id === 'web-reads-api');
    expect(changed?.title).toContain('also while any Pod of the API is going away');
    expect(changed?.weight).toBe(3);
  });

  it('gives the same instance for the same seed, another for another', () => {
    const make = (seed: number): string => JSON.stringify(instantiate(twoTier(), 'two-namespaces', seed));
    expect(make(7)).toBe(make(7));
    expect(make(7)).not.toBe(make(8));
  });

  it('refuses a variant that is not there', () => {
    expect(() => instantiate(twoTier(), 'hard', 1)).toThrow('exercise "two-tier" has no variant "hard"');
  });
});

describe('learnerView', () => {
  it('shows the brief and what is checked, not how, nor solutions', () => {
    const view = learnerView(twoTier(), 'basic', 1);
    expect(view.brief).toContain('the welcome page of nginx');
    expect(view.brief).not.toContain('${');
    expect(view.checks[0]).toEqual({ id: 'api-endpoints', title: "The API's Service lists the API's Pods", weight: 2 });
    expect(JSON.stringify(view)).not.toContain('reference');
  });
});

describe('an exercise version', () => {
  it('travels as JSON and keeps its digest', () => {
    const { version, digest } = twoTier();
    const arrived = asExerciseVersion(JSON.parse(JSON.stringify(version)) as never);
    expect(arrived && digestOfVersion(arrived)).toBe(digest);
    expect(Object.keys(version.files).filter((path) => /solutions|mistakes/.test(path))).toEqual([]);
  });

  it.each([[null], [{}], [{ format: 2 }], [{ format: 1, module: 'm', definition: {}, files: { a: 1 } }]])(
    'is not %j',
    (json) => {
      expect(asExerciseVersion(json)).toBeUndefined();
    },
  );
});
