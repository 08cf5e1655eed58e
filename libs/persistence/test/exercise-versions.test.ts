import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { Dispatcher, LocalSubmissionEvents, MemoryGradingQueue, type HandPublication } from '@kubedrill/submissions';
import {
  course,
  digest,
  exerciseOf,
  later,
  newSubmission,
  noon,
  resultOf,
} from '../../submissions/test/contract/samples.ts';
import {
  PrismaCatalogue,
  PrismaExerciseVersions,
  PrismaProgressStore,
  PrismaSubmissionStore,
  type Database,
} from '../src/index.ts';
import { migrate } from '../src/migrate.ts';
import { connect } from '../src/sqlite-driver.ts';
import { migrations, openCourse, openDatabase, temporaryFile } from './temporary-database.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'kubedrill-versions-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const publication = (letter: string): HandPublication => ({
  moduleId: 'services',
  sectionId: 'cluster-ip',
  userId: 'ada',
  exercise: { ...exerciseOf('two-tier', { digest: digest(letter) }), source: { 'exercise.yaml': letter } },
});

async function openVersions(database: Database) {
  const catalogue = new PrismaCatalogue(database);
  const versions = new PrismaExerciseVersions(database, catalogue);
  return { catalogue, versions, served: async () => (await catalogue.exercise('two-tier'))?.digest.slice(0, 1) };
}

/** The folder with another version of the exercise two-tier. */
const changed = (letter: string) =>
  course.map((module) => ({
    ...module,
    sections: module.sections.map((section) => ({
      ...section,
      exercises: section.exercises.map((each) => (each.id === 'two-tier' ? { ...each, digest: digest(letter) } : each)),
    })),
  }));

describe('versions of exercises', () => {
  it('are kept, with who published them and what they were made of', async () => {
    const { versions } = await openVersions(await openCourse());
    expect(await versions.publish(publication('c'), later(1))).toEqual({ kind: 'published', newVersion: true });
    expect(await versions.publish(publication('c'), later(2))).toEqual({ kind: 'published', newVersion: false });
    expect(await versions.versionsOf('two-tier')).toEqual([
      expect.objectContaining({ digest: digest('c'), served: true, publishedBy: { id: 'ada', name: 'ADA' } }),
      expect.objectContaining({ digest: digest('a'), served: false, firstPublishedAt: noon }),
    ]);
    expect(await versions.source(digest('c'))).toEqual({ 'exercise.yaml': 'c' });
    expect(await versions.find('two-tier')).toMatchObject({ origin: 'upload', digest: digest('c'), served: true });
  });

  it.each<[string, Partial<HandPublication>, string]>([
    ['a section that the module does not have', { sectionId: 'nothing' }, 'unknownSection'],
    ['a module that is not there', { moduleId: 'nothing' }, 'unknownSection'],
  ])('are not published in %s', async (_, part, kind) => {
    const { versions, served } = await openVersions(await openCourse());
    expect(await versions.publish({ ...publication('c'), ...part }, later(1))).toEqual({ kind });
    expect(await served()).toBe('a');
  });

  it.each<[string, (letter: string) => ReturnType<typeof changed>, string | undefined]>([
    ['says what it said before: what was uploaded stays', () => changed('a'), 'c'],
    ['says something new: that is served', () => changed('d'), 'd'],
    ['holds the exercise no more: what was uploaded stays', () => [], 'c'],
  ])('when the folder %s', async (_, read, expected) => {
    const { catalogue, versions, served } = await openVersions(await openCourse());
    await versions.publish(publication('c'), later(1));
    await catalogue.publish(read('a'), later(2));
    expect(await served()).toBe(expected);
    expect((await catalogue.exercises({ sectionId: 'cluster-ip' })).map(({ id }) => id)).toContain('two-tier');
  });

  it('stay archived until the folder changes', async () => {
    const { catalogue, versions, served } = await openVersions(await openCourse());
    expect(await versions.archive('two-tier', later(1))).toBe(true);
    expect(await versions.archive('two-tier', later(1))).toBe(false);
    expect(await served()).toBeUndefined();
    await catalogue.publish(course, later(2));
    expect(await served()).toBeUndefined();
    expect(await versions.restore('two-tier')).toBe(true);
    expect(await served()).toBe('a');
    await versions.archive('two-tier', later(3));
    await catalogue.publish(changed('d'), later(4));
    expect(await served()).toBe('d');
  });

  it.each<[string, () => ReturnType<typeof changed>]>([
    ['another version is published', () => changed('d')],
    ['the exercise has left the folder', () => []],
  ])('grade the submissions that are pinned to them after %s', async (_, read) => {
    const database = await openCourse();
    const { catalogue } = await openVersions(database);
    const store = new PrismaSubmissionStore(database);
    const queue = new MemoryGradingQueue();
    const submission = newSubmission('ada');
    await store.create(submission);
    await catalogue.publish(read(), later(1));
    const stored = await store.find(submission.id);
    if (!stored) throw new Error('the submission is not stored');
    const parts = { store, queue, catalogue, events: new LocalSubmissionEvents(), now: () => noon };
    await new Dispatcher({ ...parts, reportTrouble: () => undefined }).dispatch(stored);
    expect(queue.jobs).toMatchObject([
      { exerciseDigest: digest('a'), exercise: { id: 'two-tier', checks: [{ id: 'first' }] }, seed: submission.seed },
    ]);
  });
});

/** A database as an earlier build left it, with a learner, a served exercise, one that left the folder, and submissions. */
async function earlierDatabase(): Promise<string> {
  const file = temporaryFile();
  const copy = path.join(folder, 'migrations');
  for (const name of readdirSync(migrations).filter((each) => each < '0003')) {
    cpSync(path.join(migrations, name), path.join(copy, name), { recursive: true });
  }
  await migrate(`file:${file}`, copy);
  const connection = await connect(`file:${file}`, 1_000);
  const at = '2026-03-02T12:00:00.000+00:00';
  const result = JSON.stringify(resultOf(75)).replaceAll("'", "''");
  const exercise = (id: string, letter: string, served: number) => `
    INSERT INTO exercises (id, module_id, section_id, kind, title, summary, accepts, concepts, prerequisites, position, served, version_digest)
      VALUES ('${id}', 'services', 'cluster-ip', 'drill', 'T', 'S', 'files', '[]', '[]', 1, ${served}, '${digest(letter)}');
    INSERT INTO exercise_versions VALUES ('${digest(letter)}', '${id}', '{"id":"${id}"}', '${at}');
    INSERT INTO variants VALUES ('${id}', 'basic', 'Basic', 1, 100, 1, 1);
    INSERT INTO instances VALUES ('ada', '${id}', 'basic', 7, '${at}');
    INSERT INTO submissions (id, user_id, exercise_id, variant_id, version_digest, seed, content, status, created_at, changed_at)
      VALUES ('s-${id}', 'ada', '${id}', 'basic', '${digest(letter)}', 7, '{"kind":"commands","commands":["true"]}', 'graded', '${at}', '${at}');
    INSERT INTO gradings (submission_id, graded_at, verdict, score, points, max_points, result)
      VALUES ('s-${id}', '${at}', 'partial', 0.75, 75, 100, '${result}');
    INSERT INTO check_results VALUES ('s-${id}', 0, 'endpoints', 'passed', 1, 1);
    INSERT INTO progress VALUES ('ada', '${id}', 'basic', 0.75, 75, 1, NULL, '${at}');
    INSERT INTO point_gains VALUES ('s-${id}', 'ada', 'services', 75, '${at}');`;
  await connection.executeScript(`
    INSERT INTO users VALUES ('ada', 'ada@example.org', 'Ada', 'ada', 'x', 'instructor', '${at}');
    INSERT INTO modules VALUES ('services', 'Services', 'S', 1, 1);
    INSERT INTO sections VALUES ('cluster-ip', 'services', 'ClusterIP', 'S', '# T', 1, 1);
    ${exercise('two-tier', 'a', 1)} ${exercise('gone', 'b', 0)}
    INSERT INTO standings VALUES ('global', 'all', 'ada', 150, '${at}');`);
  await connection.dispose();
  return file;
}

describe('a database of an earlier schema', () => {
  it('keeps all that it holds', async () => {
    const database = await openDatabase(await earlierDatabase());
    const { catalogue, versions } = await openVersions(database);
    expect(database.migrated[0]).toBe('0003_versions');
    const store = new PrismaSubmissionStore(database);
    for (const [id, letter] of [
      ['two-tier', 'a'],
      ['gone', 'b'],
    ] as const) {
      expect(await store.find(`s-${id}`)).toMatchObject({
        exerciseDigest: digest(letter),
        status: 'graded',
        content: { kind: 'commands', commands: ['true'] },
        result: resultOf(75),
      });
      expect(await catalogue.version(digest(letter))).toEqual({
        digest: digest(letter),
        exerciseId: id,
        content: { id },
      });
    }
    expect(await versions.find('two-tier')).toMatchObject({ origin: 'folder', served: true });
    expect(await versions.find('gone')).toMatchObject({ origin: 'folder', served: false });
    const progress = new PrismaProgressStore(database);
    const before = [await progress.ofUser('ada'), await progress.own({ scope: 'global', period: 'all' }, 'ada')];
    expect(before).toMatchObject([[{ points: 75 }, { points: 75 }], { points: 150 }]);
    await progress.rebuild();
    expect([await progress.ofUser('ada'), await progress.own({ scope: 'global', period: 'all' }, 'ada')]).toEqual(
      before,
    );
  });

  it('takes the folder for what it was: the same content makes no new version', async () => {
    const { catalogue, versions, served } = await openVersions(await openDatabase(await earlierDatabase()));
    expect(await catalogue.publish(course, later(1))).toEqual({ newVersions: 0 });
    expect(await served()).toBe('a');
    expect(await versions.versionsOf('two-tier')).toMatchObject([{ digest: digest('a'), submissions: 1 }]);
  });
});
