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

const withVariants = { variants: { where: { served: true }, orderBy: { position: 'asc' } } } as const;
type ExerciseRow = Prisma.ExerciseGetPayload<{ include: typeof withVariants }>;

/** Versions never change: the last used are kept, with their JSON parsed. */
const keptVersions = 200;

export class PrismaCatalogue implements Catalogue {
  readonly #database: Database;
  readonly #versions = new Map<string, ExerciseVersion>();

  constructor(database: Database) {
    this.#database = database;
  }

  publish(modules: readonly PublishedModule[], at: Date): Promise<{ readonly newVersions: number }> {
    return this.#database.transaction((transaction) => publishModules(transaction, modules, at));
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

  async exercise(id: string): Promise<CatalogueExercise | undefined> {
    const row = await this.#database.client.exercise.findUnique({ where: { id, served: true }, include: withVariants });
    return row === null ? undefined : exerciseOf(row);
  }

  async version(digest: string): Promise<ExerciseVersion | undefined> {
    const kept = this.#versions.get(digest);
    if (kept !== undefined) {
      this.#keep(kept);
      return kept;
    }
    const row = await this.#database.client.exerciseVersion.findUnique({ where: { digest } });
    if (row === null) return undefined;
    const version = { digest, exerciseId: row.exerciseId, content: JSON.parse(row.content) as Json };
    this.#keep(version);
    return version;
  }

  /** The least recently used leaves first. */
  #keep(version: ExerciseVersion): void {
    this.#versions.delete(version.digest);
    this.#versions.set(version.digest, version);
    const [oldest] = this.#versions.keys();
    if (this.#versions.size > keptVersions && oldest !== undefined) this.#versions.delete(oldest);
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
