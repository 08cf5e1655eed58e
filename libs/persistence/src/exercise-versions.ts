import type {
  ExerciseRecord,
  ExerciseSource,
  ExerciseVersions,
  HandPublication,
  PublicationOutcome,
  VersionRecord,
} from '@kubedrill/submissions';
import type { PrismaCatalogue } from './catalogue-store.ts';
import type { Database, Transaction } from './database.ts';
import { writeExercise } from './exercise-write.ts';

const mostVersions = 200;

interface ExerciseRow extends Omit<ExerciseRecord, 'served' | 'archivedAt' | 'origin'> {
  readonly origin: string;
  readonly served: boolean | number | bigint;
  readonly archivedAt: Date | null;
}

interface VersionRow {
  readonly digest: string;
  readonly firstPublishedAt: Date;
  readonly lastPublishedAt: Date | null;
  readonly userId: string | null;
  readonly userName: string | null;
  readonly served: boolean | number | bigint;
  readonly submissions: number | bigint;
}

/** Versions of exercises, and which of them are served. */
export class PrismaExerciseVersions implements ExerciseVersions {
  readonly #database: Database;
  readonly #catalogue: PrismaCatalogue;

  constructor(database: Database, catalogue: PrismaCatalogue) {
    this.#database = database;
    this.#catalogue = catalogue;
  }

  async find(exerciseId: string): Promise<ExerciseRecord | undefined> {
    const [row] = await this.#database.client.$queryRaw<ExerciseRow[]>`
      SELECT id, module_id AS "moduleId", version_digest AS "digest", origin, served, archived_at AS "archivedAt"
      FROM exercises WHERE id = ${exerciseId}`;
    if (row === undefined) return undefined;
    const { archivedAt, served, origin, ...rest } = row;
    return {
      ...rest,
      origin: origin as ExerciseRecord['origin'],
      served: Boolean(served),
      ...(archivedAt && { archivedAt }),
    };
  }

  async versionsOf(exerciseId: string): Promise<readonly VersionRecord[]> {
    const rows = await this.#database.client.$queryRaw<VersionRow[]>`
      SELECT exercise_versions.digest, exercise_versions.published_at AS "firstPublishedAt",
        last.published_at AS "lastPublishedAt", users.id AS "userId", users.name AS "userName",
        exercises.served AND exercises.version_digest = exercise_versions.digest AS "served",
        (SELECT count(*) FROM submissions WHERE submissions.version_digest = exercise_versions.digest) AS "submissions"
      FROM exercise_versions
      JOIN exercises ON exercises.id = exercise_versions.exercise_id
      LEFT JOIN publications AS last ON last.id = (
        SELECT id FROM publications WHERE publications.version_digest = exercise_versions.digest
        ORDER BY published_at DESC LIMIT 1)
      LEFT JOIN users ON users.id = last.user_id
      WHERE exercise_versions.exercise_id = ${exerciseId}
      ORDER BY COALESCE(last.published_at, exercise_versions.published_at) DESC, exercise_versions.digest
      LIMIT ${mostVersions}`;
    return rows.map(({ userId, userName, lastPublishedAt, ...row }) => ({
      digest: row.digest,
      firstPublishedAt: row.firstPublishedAt,
      lastPublishedAt: lastPublishedAt ?? row.firstPublishedAt,
      served: Boolean(row.served),
      submissions: Number(row.submissions),
      ...(userId !== null && userName !== null && { publishedBy: { id: userId, name: userName } }),
    }));
  }

  async source(digest: string): Promise<ExerciseSource | undefined> {
    const [row] = await this.#database.client.$queryRaw<{ files: string }[]>`
      SELECT files FROM exercise_sources WHERE version_digest = ${digest}`;
    return row && (JSON.parse(row.files) as ExerciseSource);
  }

  async publish(publication: HandPublication, at: Date): Promise<PublicationOutcome> {
    const outcome = await this.#database.transaction((transaction) => publishByHand(transaction, publication, at));
    this.#catalogue.forget();
    return outcome;
  }

  async archive(exerciseId: string, at: Date): Promise<boolean> {
    const changed = await this.#database.client.$executeRaw`
      UPDATE exercises SET archived_at = ${at}, served = FALSE WHERE id = ${exerciseId} AND archived_at IS NULL`;
    this.#catalogue.forget();
    return changed > 0;
  }

  async restore(exerciseId: string): Promise<boolean> {
    const changed = await this.#database.client.$executeRaw`
      UPDATE exercises SET archived_at = NULL, served = TRUE WHERE id = ${exerciseId} AND archived_at IS NOT NULL`;
    this.#catalogue.forget();
    return changed > 0;
  }
}

async function publishByHand(
  transaction: Transaction,
  { moduleId, sectionId, exercise, userId }: HandPublication,
  at: Date,
): Promise<PublicationOutcome> {
  const { id, digest } = exercise;
  const section = await transaction.section.findUnique({ where: { id: sectionId, moduleId, served: true } });
  if (section === null) return { kind: 'unknownSection' };
  const known = await transaction.exercise.findUnique({ where: { id } });
  if (known !== null && known.moduleId !== moduleId) return { kind: 'otherModule', moduleId: known.moduleId };
  const newVersion = (await transaction.exerciseVersion.count({ where: { digest } })) === 0;
  const last = await transaction.exercise.aggregate({ where: { sectionId }, _max: { position: true } });
  const position = known?.sectionId === sectionId ? known.position : (last._max.position ?? 0) + 1;
  const place = { moduleId, sectionId, position };
  await writeExercise(transaction, place, exercise, { at, origin: 'upload', userId, served: true });
  return { kind: 'published', newVersion };
}
