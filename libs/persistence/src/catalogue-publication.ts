import type { PublishedExercise, PublishedModule, PublishedSection } from '@kubedrill/submissions';
import type { Transaction } from './database.ts';

/** Serves exactly these modules. Rows of what is left out stay, because submissions refer to them. */
export async function publishModules(
  transaction: Transaction,
  modules: readonly PublishedModule[],
  at: Date,
): Promise<{ readonly newVersions: number }> {
  await withdrawOthers(transaction, modules);
  const before = await transaction.exerciseVersion.count();
  for (const [position, module] of modules.entries()) await publishModule(transaction, module, position + 1, at);
  return { newVersions: (await transaction.exerciseVersion.count()) - before };
}

async function withdrawOthers(transaction: Transaction, modules: readonly PublishedModule[]): Promise<void> {
  const sections = modules.flatMap((module) => module.sections);
  const exercises = sections.flatMap((section) => section.exercises);
  const others = (kept: readonly { readonly id: string }[]) => ({
    where: { id: { notIn: kept.map(({ id }) => id) } },
    data: { served: false },
  });
  await transaction.module.updateMany(others(modules));
  await transaction.section.updateMany(others(sections));
  await transaction.exercise.updateMany(others(exercises));
}

async function publishModule(
  transaction: Transaction,
  { id, title, summary, sections }: PublishedModule,
  position: number,
  at: Date,
): Promise<void> {
  const data = { title, summary, position, served: true };
  await transaction.module.upsert({ where: { id }, create: { id, ...data }, update: data });
  for (const [index, section] of sections.entries()) await publishSection(transaction, id, section, index + 1, at);
}

async function publishSection(
  transaction: Transaction,
  moduleId: string,
  { id, title, summary, text, exercises }: PublishedSection,
  position: number,
  at: Date,
): Promise<void> {
  const data = { moduleId, title, summary, text, position, served: true };
  await transaction.section.upsert({ where: { id }, create: { id, ...data }, update: data });
  for (const [index, exercise] of exercises.entries()) {
    const place = { moduleId, sectionId: id, position: index + 1 };
    await publishExercise(transaction, place, exercise, at);
  }
}

async function publishExercise(
  transaction: Transaction,
  place: { readonly moduleId: string; readonly sectionId: string; readonly position: number },
  { id, digest, content, variants, concepts, prerequisites, ...fields }: PublishedExercise,
  at: Date,
): Promise<void> {
  const { kind, title, summary, accepts } = fields;
  const data = {
    ...place,
    ...{ kind, title, summary, accepts },
    concepts: JSON.stringify(concepts),
    prerequisites: JSON.stringify(prerequisites),
    versionDigest: digest,
    served: true,
  };
  await transaction.exercise.upsert({ where: { id }, create: { id, ...data }, update: data });
  await transaction.exerciseVersion.upsert({
    where: { digest },
    create: { digest, exerciseId: id, content: JSON.stringify(content), publishedAt: at },
    update: {},
  });
  await transaction.variant.updateMany({
    where: { exerciseId: id, id: { notIn: variants.map((variant) => variant.id) } },
    data: { served: false },
  });
  for (const [index, { id: variant, title: name, difficulty, points }] of variants.entries()) {
    const row = { title: name, difficulty, points, position: index + 1, served: true };
    await transaction.variant.upsert({
      where: { exerciseId_id: { exerciseId: id, id: variant } },
      create: { exerciseId: id, id: variant, ...row },
      update: row,
    });
  }
}
