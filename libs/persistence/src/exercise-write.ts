import { randomUUID } from 'node:crypto';
import type { PublishedExercise } from '@kubedrill/submissions';
import type { Transaction } from './database.ts';

export interface ExercisePlace {
  readonly moduleId: string;
  readonly sectionId: string;
  readonly position: number;
}

export interface Publishing {
  readonly at: Date;
  readonly origin: 'folder' | 'upload';
  /** Absent: the content folder. */
  readonly userId?: string;
  readonly served: boolean;
}

/** Makes this version of an exercise the one that is served. */
export async function writeExercise(
  transaction: Transaction,
  place: ExercisePlace,
  exercise: PublishedExercise,
  publishing: Publishing,
): Promise<void> {
  const { id, digest, content, variants, concepts, prerequisites, source, ...fields } = exercise;
  const { kind, title, summary, accepts } = fields;
  const before = await transaction.exercise.findUnique({ where: { id }, select: { versionDigest: true } });
  const data = {
    ...place,
    ...{ kind, title, summary, accepts },
    concepts: JSON.stringify(concepts),
    prerequisites: JSON.stringify(prerequisites),
    versionDigest: digest,
    served: publishing.served,
  };
  await transaction.exercise.upsert({ where: { id }, create: { id, ...data }, update: data });
  await transaction.$executeRaw`
    UPDATE exercises SET origin = ${publishing.origin},
      archived_at = CASE WHEN ${publishing.served} THEN NULL ELSE archived_at END
    WHERE id = ${id}`;
  await transaction.exerciseVersion.upsert({
    where: { digest },
    create: { digest, exerciseId: id, content: JSON.stringify(content), publishedAt: publishing.at },
    update: {},
  });
  if (source) await writeSource(transaction, digest, JSON.stringify(source), publishing.at);
  if (before?.versionDigest !== digest) await notePublication(transaction, exercise, publishing);
  await writeVariants(transaction, id, variants);
}

/** Solutions may be mended without a new version: the last folder is the one that is kept. */
async function writeSource(transaction: Transaction, digest: string, files: string, at: Date): Promise<void> {
  await transaction.$executeRaw`
    INSERT INTO exercise_sources (version_digest, files, recorded_at) VALUES (${digest}, ${files}, ${at})
    ON CONFLICT (version_digest) DO UPDATE SET files = excluded.files, recorded_at = excluded.recorded_at
    WHERE exercise_sources.files <> excluded.files`;
}

async function notePublication(
  transaction: Transaction,
  { id, digest }: PublishedExercise,
  { at, userId }: Publishing,
): Promise<void> {
  await transaction.$executeRaw`
    INSERT INTO publications (id, exercise_id, version_digest, published_at, user_id)
    VALUES (${randomUUID()}, ${id}, ${digest}, ${at}, ${userId ?? null})`;
}

async function writeVariants(
  transaction: Transaction,
  exerciseId: string,
  variants: PublishedExercise['variants'],
): Promise<void> {
  await transaction.variant.updateMany({
    where: { exerciseId, id: { notIn: variants.map((variant) => variant.id) } },
    data: { served: false },
  });
  for (const [index, { id, title, difficulty, points }] of variants.entries()) {
    const row = { title, difficulty, points, position: index + 1, served: true };
    await transaction.variant.upsert({
      where: { exerciseId_id: { exerciseId, id } },
      create: { exerciseId, id, ...row },
      update: row,
    });
  }
}
