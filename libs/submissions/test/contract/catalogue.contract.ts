import { describe, expect, it } from '@jest/globals';
import type { Catalogue, InstanceStore, PublishedModule } from '@kubedrill/submissions';
import { course, digest, exerciseOf, noon, later } from './samples.ts';

const withSections = (module: PublishedModule, sections: PublishedModule['sections']): PublishedModule => ({
  ...module,
  sections,
});

const [services] = course as [PublishedModule];
const [clusterIp] = services.sections as [PublishedModule['sections'][number]];

export function catalogueContract(open: () => Promise<Catalogue>): void {
  it('serves what was published', async () => {
    const catalogue = await open();
    expect(await catalogue.publish(course, noon)).toEqual({ newVersions: 2 });
    expect(await catalogue.modules()).toEqual([
      {
        id: 'services',
        title: 'Services',
        summary: 'Names and addresses.',
        sections: [
          { id: 'cluster-ip', moduleId: 'services', title: 'ClusterIP', summary: 'The default.', position: 1 },
        ],
      },
    ]);
    expect(await catalogue.section('cluster-ip')).toMatchObject({
      title: 'ClusterIP',
      text: '# ClusterIP',
      position: 1,
    });
    const { content, ...exercise } = exerciseOf('two-tier');
    expect(await catalogue.exercise('two-tier')).toEqual({
      ...exercise,
      moduleId: 'services',
      sectionId: 'cluster-ip',
    });
    expect(await catalogue.version(digest('a'))).toEqual({ digest: digest('a'), exerciseId: 'two-tier', content });
  });

  it('knows nothing else', async () => {
    const catalogue = await open();
    await catalogue.publish(course, noon);
    expect(await catalogue.exercise('constructor')).toBeUndefined();
    expect(await catalogue.section('nothing')).toBeUndefined();
    expect(await catalogue.version(digest('f'))).toBeUndefined();
  });

  it('changes nothing when the same is published again', async () => {
    const catalogue = await open();
    await catalogue.publish(course, noon);
    const before = [await catalogue.modules(), await catalogue.exercises()];
    expect(await catalogue.publish(course, later(1))).toEqual({ newVersions: 0 });
    expect([await catalogue.modules(), await catalogue.exercises()]).toEqual(before);
  });

  it('keeps old versions when an exercise changes', async () => {
    const catalogue = await open();
    await catalogue.publish(course, noon);
    const changed = exerciseOf('two-tier', {
      digest: digest('c'),
      title: 'New title',
      content: { id: 'two-tier', checks: [] },
      variants: [{ id: 'hard', title: 'Harder', difficulty: 5, points: 300 }],
    });
    const sections = [{ ...clusterIp, exercises: [changed] }];
    expect(await catalogue.publish([withSections(services, sections)], later(1))).toEqual({ newVersions: 1 });
    expect(await catalogue.exercise('two-tier')).toMatchObject({
      title: 'New title',
      digest: digest('c'),
      variants: [{ id: 'hard', title: 'Harder', difficulty: 5, points: 300 }],
    });
    expect(await catalogue.version(digest('a'))).toMatchObject({ exerciseId: 'two-tier' });
    expect(await catalogue.exercise('guess')).toBeUndefined();
    expect((await catalogue.exercises()).map(({ id }) => id)).toEqual(['two-tier']);
  });

  it('serves again what was left out for a while', async () => {
    const catalogue = await open();
    await catalogue.publish(course, noon);
    await catalogue.publish([], later(1));
    expect([await catalogue.modules(), await catalogue.exercises()]).toEqual([[], []]);
    expect(await catalogue.section('cluster-ip')).toBeUndefined();
    expect(await catalogue.publish(course, later(2))).toEqual({ newVersions: 0 });
    expect((await catalogue.exercises()).map(({ id }) => id)).toEqual(['two-tier', 'guess']);
  });

  it('goes back to an earlier version', async () => {
    const catalogue = await open();
    await catalogue.publish(course, noon);
    const changed = [{ ...clusterIp, exercises: [exerciseOf('two-tier', { digest: digest('c') })] }];
    await catalogue.publish([withSections(services, changed)], later(1));
    await catalogue.publish(course, later(2));
    expect((await catalogue.exercise('two-tier'))?.digest).toBe(digest('a'));
  });

  it('keeps the order of modules, sections and exercises', async () => {
    const catalogue = await open();
    const section = (id: string, ...exercises: string[]) => ({
      ...clusterIp,
      id,
      exercises: exercises.map((exercise) => exerciseOf(exercise, { digest: exercise.padEnd(64, '0') })),
    });
    const modules = [
      withSections({ ...services, id: 'z-first' }, [section('z', 'z2', 'z1'), section('a', 'a1')]),
      withSections({ ...services, id: 'a-second' }, [section('m', 'm1')]),
    ];
    await catalogue.publish(modules.toReversed(), noon);
    await catalogue.publish(modules, noon);
    expect((await catalogue.modules()).map(({ id }) => id)).toEqual(['z-first', 'a-second']);
    expect((await catalogue.modules())[0]?.sections.map(({ id, position }) => [id, position])).toEqual([
      ['z', 1],
      ['a', 2],
    ]);
    expect((await catalogue.exercises()).map(({ id }) => id)).toEqual(['z2', 'z1', 'a1', 'm1']);
  });

  it.each<[object, string[]]>([
    [{ kind: 'drill' }, ['two-tier']],
    [{ kind: 'challenge' }, ['guess']],
    [{ sectionId: 'cluster-ip' }, ['two-tier', 'guess']],
    [{ sectionId: 'other' }, []],
    [{ moduleId: 'services', kind: 'drill' }, ['two-tier']],
    [{ difficulty: 4 }, ['two-tier', 'guess']],
    [{ difficulty: 3 }, []],
  ])('filters by %j', async (filter, ids) => {
    const catalogue = await open();
    await catalogue.publish(course, noon);
    expect((await catalogue.exercises(filter)).map(({ id }) => id)).toEqual(ids);
  });
}

/** `open` gives a store that knows the samples' course and the learners 'ada' and 'ben'. */
export function instanceStoreContract(open: () => Promise<InstanceStore>): void {
  const instance = { userId: 'ada', exerciseId: 'two-tier', variant: 'basic', at: noon };

  describe('seeds', () => {
    it('stay as they were first assigned', async () => {
      const store = await open();
      expect(await store.assignSeed({ ...instance, proposed: 4_294_967_295 })).toBe(4_294_967_295);
      expect(await store.assignSeed({ ...instance, proposed: 2 })).toBe(4_294_967_295);
    });

    it('belong to one learner and variant', async () => {
      const store = await open();
      await store.assignSeed({ ...instance, proposed: 1 });
      expect(await store.assignSeed({ ...instance, userId: 'ben', proposed: 2 })).toBe(2);
      expect(await store.assignSeed({ ...instance, variant: 'hard', proposed: 3 })).toBe(3);
      expect(await store.assignSeed({ ...instance, exerciseId: 'guess', proposed: 0 })).toBe(0);
    });

    it('are the same for 50 who ask at once', async () => {
      const store = await open();
      const seeds = await Promise.all(
        Array.from({ length: 50 }, (_, proposed) => store.assignSeed({ ...instance, proposed })),
      );
      expect(new Set(seeds).size).toBe(1);
    });
  });
}
