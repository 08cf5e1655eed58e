import type { PublishedExercise, PublishedModule, PublishedSection } from '@kubedrill/submissions';
import type { Transaction } from './database.ts';
import { writeExercise, type ExercisePlace } from './exercise-write.ts';
import { Prisma } from './generated/client.ts';

/** What the folder's word is weighed against. */
interface KnownExercise {
  readonly id: string;
  readonly moduleId: string;
  readonly sectionId: string;
  readonly origin: string;
  readonly folderDigest: string | null;
  readonly archivedAt: Date | null;
}

/**
 * Serves exactly these modules, as the content folder says. Rows of what is left out stay, because submissions refer to them.
 * Where the folder says of an exercise what it said before, what was published or archived by hand since stays.
 */
export async function publishModules(
  transaction: Transaction,
  modules: readonly PublishedModule[],
  at: Date,
): Promise<{ readonly newVersions: number }> {
  const known = await knownExercises(transaction);
  await withdrawOthers(transaction, modules, known);
  const before = await transaction.exerciseVersion.count();
  for (const [position, module] of modules.entries()) await publishModule(transaction, module, position + 1, at, known);
  return { newVersions: (await transaction.exerciseVersion.count()) - before };
}

type KnownExercises = ReadonlyMap<string, KnownExercise>;

async function knownExercises(transaction: Transaction): Promise<KnownExercises> {
  const rows = await transaction.$queryRaw<KnownExercise[]>`
    SELECT id, module_id AS "moduleId", section_id AS "sectionId", origin, folder_digest AS "folderDigest",
      archived_at AS "archivedAt"
    FROM exercises`;
  return new Map(rows.map((row) => [row.id, row]));
}

async function withdrawOthers(
  transaction: Transaction,
  modules: readonly PublishedModule[],
  known: KnownExercises,
): Promise<void> {
  const sections = modules.flatMap((module) => module.sections);
  const ids = sections.flatMap((section) => section.exercises.map(({ id }) => id));
  const uploaded = [...known.values()].filter(({ origin }) => origin === 'upload');
  const others = (kept: readonly string[]) => ({ where: { id: { notIn: [...kept] } }, data: { served: false } });
  await transaction.module.updateMany(
    others([...modules.map(({ id }) => id), ...uploaded.map(({ moduleId }) => moduleId)]),
  );
  await transaction.section.updateMany(
    others([...sections.map(({ id }) => id), ...uploaded.map(({ sectionId }) => sectionId)]),
  );
  const here = Prisma.join([...ids, '']);
  await transaction.$executeRaw`
    UPDATE exercises SET folder_digest = NULL, served = CASE WHEN origin = 'folder' THEN FALSE ELSE served END
    WHERE id NOT IN (${here})`;
}

async function publishModule(
  transaction: Transaction,
  { id, title, summary, sections }: PublishedModule,
  position: number,
  at: Date,
  known: KnownExercises,
): Promise<void> {
  const data = { title, summary, position, served: true };
  await transaction.module.upsert({ where: { id }, create: { id, ...data }, update: data });
  for (const [index, section] of sections.entries()) {
    await publishSection(transaction, id, section, index + 1);
    for (const [place, exercise] of section.exercises.entries()) {
      const where = { moduleId: id, sectionId: section.id, position: place + 1 };
      await publishFromFolder(transaction, where, exercise, at, known.get(exercise.id));
    }
  }
}

async function publishSection(
  transaction: Transaction,
  moduleId: string,
  { id, title, summary, text }: PublishedSection,
  position: number,
): Promise<void> {
  const data = { moduleId, title, summary, text, position, served: true };
  await transaction.section.upsert({ where: { id }, create: { id, ...data }, update: data });
}

async function publishFromFolder(
  transaction: Transaction,
  place: ExercisePlace,
  exercise: PublishedExercise,
  at: Date,
  known: KnownExercise | undefined,
): Promise<void> {
  const saysTheSame = known?.folderDigest === exercise.digest;
  if (saysTheSame && known.origin === 'upload') return;
  const staysArchived = saysTheSame && known.archivedAt !== null;
  await writeExercise(transaction, place, exercise, { at, origin: 'folder', served: !staysArchived });
  await transaction.$executeRaw`UPDATE exercises SET folder_digest = ${exercise.digest} WHERE id = ${exercise.id}`;
}
