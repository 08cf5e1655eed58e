import type {
  Catalogue,
  CatalogueExercise,
  CatalogueModule,
  CatalogueSection,
  ExerciseFilter,
  ExerciseVersion,
  InstanceStore,
  PublishedModule,
} from '../catalogue.ts';

/** The course and its instances without a database. */
export class MemoryCatalogue implements Catalogue, InstanceStore {
  readonly #versions = new Map<string, ExerciseVersion>();
  readonly #seeds = new Map<string, number>();
  #served: readonly PublishedModule[] = [];

  publish(modules: readonly PublishedModule[]): Promise<{ readonly newVersions: number }> {
    this.#served = modules;
    const before = this.#versions.size;
    for (const { digest, id: exerciseId, content } of modules.flatMap(exercisesOf)) {
      if (!this.#versions.has(digest)) this.#versions.set(digest, { digest, exerciseId, content });
    }
    return Promise.resolve({ newVersions: this.#versions.size - before });
  }

  modules(): Promise<readonly CatalogueModule[]> {
    return Promise.resolve(
      this.#served.map(({ id, title, summary, sections }) => ({
        id,
        title,
        summary,
        sections: sections.map(({ text: _, exercises: __, ...section }, index) => ({
          ...section,
          moduleId: id,
          position: index + 1,
        })),
      })),
    );
  }

  async section(id: string): Promise<(CatalogueSection & { readonly text: string }) | undefined> {
    const section = (await this.modules()).flatMap(({ sections }) => sections).find((each) => each.id === id);
    const published = this.#served.flatMap(({ sections }) => sections).find((each) => each.id === id);
    return section && published && { ...section, text: published.text };
  }

  exercises({ kind, moduleId, sectionId, difficulty }: ExerciseFilter = {}): Promise<readonly CatalogueExercise[]> {
    return Promise.resolve(
      this.#served
        .flatMap((module) =>
          module.sections.flatMap((section) =>
            section.exercises.map(({ content: _, source: __, ...exercise }) => ({
              ...exercise,
              moduleId: module.id,
              sectionId: section.id,
            })),
          ),
        )
        .filter((exercise) => kind === undefined || exercise.kind === kind)
        .filter((exercise) => moduleId === undefined || exercise.moduleId === moduleId)
        .filter((exercise) => sectionId === undefined || exercise.sectionId === sectionId)
        .filter(({ variants }) => difficulty === undefined || variants.some((each) => each.difficulty === difficulty)),
    );
  }

  async exercise(id: string): Promise<CatalogueExercise | undefined> {
    return (await this.exercises()).find((exercise) => exercise.id === id);
  }

  version(digest: string): Promise<ExerciseVersion | undefined> {
    return Promise.resolve(this.#versions.get(digest));
  }

  assignSeed({ userId, exerciseId, variant, proposed }: Parameters<InstanceStore['assignSeed']>[0]): Promise<number> {
    const key = JSON.stringify([userId, exerciseId, variant]);
    const seed = this.#seeds.get(key) ?? proposed;
    this.#seeds.set(key, seed);
    return Promise.resolve(seed);
  }
}

const exercisesOf = ({ sections }: PublishedModule) => sections.flatMap(({ exercises }) => exercises);
