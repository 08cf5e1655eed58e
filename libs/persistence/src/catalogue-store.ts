import type { Json } from '@kubedrill/kube-model';
import type {
  Catalogue,
  CatalogueExercise,
  CatalogueModule,
  CatalogueSection,
  ExerciseFilter,
  ExerciseVersion,
  PublishedModule,
} from '@kubedrill/submissions';
import { publishModules } from './catalogue-publication.ts';
import type { Database } from './database.ts';
import type { Prisma } from './generated/client.ts';
import { ReadCache } from './read-cache.ts';

const withVariants = { variants: { where: { served: true }, orderBy: { position: 'asc' } } } as const;
type ExerciseRow = Prisma.ExerciseGetPayload<{ include: typeof withVariants }>;

const kept = {
  /** Versions never change. They are kept with their JSON parsed. */
  versions: { capacity: 200 },
  /** Another process may publish: then this one goes on for so long with what it had. */
  exercises: { capacity: 1_000, milliseconds: 2_000 },
} as const;

export class PrismaCatalogue implements Catalogue {
  readonly #database: Database;
  readonly #versions = new ReadCache<ExerciseVersion>(kept.versions);
  readonly #exercises = new ReadCache<CatalogueExercise>(kept.exercises);

  constructor(database: Database) {
    this.#database = database;
  }

  async publish(modules: readonly PublishedModule[], at: Date): Promise<{ readonly newVersions: number }> {
    const published = await this.#database.transaction((transaction) => publishModules(transaction, modules, at));
    this.forget();
    return published;
  }

  /** What is served has changed. */
  forget(): void {
    this.#exercises.clear();
  }

  async modules(): Promise<readonly CatalogueModule[]> {
    const rows = await this.#database.client.module.findMany({
      where: { served: true },
      orderBy: { position: 'asc' },
      include: { sections: { where: { served: true }, orderBy: { position: 'asc' }, omit: { text: true } } },
    });
    return rows.map(({ id, title, summary, sections }) => ({ id, title, summary, sections: sections.map(sectionOf) }));
  }

  async section(id: string): Promise<(CatalogueSection & { readonly text: string }) | undefined> {
    const row = await this.#database.client.section.findUnique({ where: { id, served: true } });
    return row === null ? undefined : { ...sectionOf(row), text: row.text };
  }

  async exercises({ difficulty, ...filter }: ExerciseFilter = {}): Promise<readonly CatalogueExercise[]> {
    const rows = await this.#database.client.exercise.findMany({
      where: {
        ...filter,
        served: true,
        ...(difficulty !== undefined && { variants: { some: { served: true, difficulty } } }),
      },
      orderBy: [{ module: { position: 'asc' } }, { section: { position: 'asc' } }, { position: 'asc' }],
      include: withVariants,
    });
    return rows.map(exerciseOf);
  }

  exercise(id: string): Promise<CatalogueExercise | undefined> {
    return this.#exercises.get(id, async () => {
      const where = { id, served: true };
      const row = await this.#database.client.exercise.findUnique({ where, include: withVariants });
      return row === null ? undefined : exerciseOf(row);
    });
  }

  version(digest: string): Promise<ExerciseVersion | undefined> {
    return this.#versions.get(digest, async () => {
      const row = await this.#database.client.exerciseVersion.findUnique({ where: { digest } });
      return row === null
        ? undefined
        : { digest, exerciseId: row.exerciseId, content: JSON.parse(row.content) as Json };
    });
  }
}

const sectionOf = ({ id, moduleId, title, summary, position }: CatalogueSection): CatalogueSection => ({
  id,
  moduleId,
  title,
  summary,
  position,
});

function exerciseOf(row: ExerciseRow): CatalogueExercise {
  const { id, moduleId, sectionId, title, summary } = row;
  return {
    ...{ id, moduleId, sectionId, title, summary },
    kind: row.kind as CatalogueExercise['kind'],
    accepts: row.accepts as CatalogueExercise['accepts'],
    concepts: JSON.parse(row.concepts) as string[],
    prerequisites: JSON.parse(row.prerequisites) as string[],
    digest: row.versionDigest,
    variants: row.variants.map(({ id: variant, title: name, difficulty, points }) => ({
      id: variant,
      title: name,
      difficulty,
      points,
    })),
  };
}
