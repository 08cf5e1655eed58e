import type { Json } from '@kubedrill/kube-model';
import type { SubmissionContent } from './submission.ts';

export interface CatalogueVariant {
  readonly id: string;
  readonly title: string;
  /** 1 to 5. */
  readonly difficulty: number;
  readonly points: number;
}

export interface CatalogueExercise {
  readonly id: string;
  readonly moduleId: string;
  readonly sectionId: string;
  readonly kind: 'drill' | 'challenge';
  readonly title: string;
  readonly summary: string;
  /** A sandbox is taken wherever answers are not asked for. */
  readonly accepts: Exclude<SubmissionContent['kind'], 'sandbox'>;
  readonly concepts: readonly string[];
  readonly prerequisites: readonly string[];
  /** The version that new submissions are pinned to: SHA-256 over its content, in hex. */
  readonly digest: string;
  /** In the author's order. */
  readonly variants: readonly CatalogueVariant[];
}

/** Immutable. */
export interface ExerciseVersion {
  readonly digest: string;
  readonly exerciseId: string;
  /** All that a worker needs to grade it. */
  readonly content: Json;
}

export interface CatalogueSection {
  readonly id: string;
  readonly moduleId: string;
  readonly title: string;
  readonly summary: string;
  /** From 1. */
  readonly position: number;
}

export interface CatalogueModule {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** In order. */
  readonly sections: readonly CatalogueSection[];
}

export interface PublishedExercise extends Omit<CatalogueExercise, 'moduleId' | 'sectionId'> {
  readonly content: Json;
  /** The folder as its authors wrote it, text by path: what is exported. */
  readonly source?: ExerciseSource;
}

/** Text by path, relative to the exercise's folder. */
export type ExerciseSource = Readonly<Record<string, string>>;

export interface PublishedSection {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** The chapter, in Markdown. */
  readonly text: string;
  readonly exercises: readonly PublishedExercise[];
}

export interface PublishedModule {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly sections: readonly PublishedSection[];
}

export interface ExerciseFilter {
  readonly kind?: CatalogueExercise['kind'];
  readonly moduleId?: string;
  readonly sectionId?: string;
  /** Exercises that have a variant of this difficulty. */
  readonly difficulty?: number;
}

/** What a submission needs to know of the exercises. */
export interface ExerciseCatalogue {
  /** As it is served now; undefined when it is not. */
  exercise(id: string): Promise<CatalogueExercise | undefined>;
  /** Any version ever published. */
  version(digest: string): Promise<ExerciseVersion | undefined>;
}

/** The course as it is served. */
export interface Catalogue extends ExerciseCatalogue {
  /**
   * Serves exactly these modules from now on. What is left out is served no longer, but stays for the submissions that
   * refer to it. Publishing the same again changes nothing. All ids are unique, those of sections and exercises across modules.
   * What was published or archived by hand since stays so until the folder says something else.
   */
  publish(modules: readonly PublishedModule[], at: Date): Promise<{ readonly newVersions: number }>;
  modules(): Promise<readonly CatalogueModule[]>;
  section(id: string): Promise<(CatalogueSection & { readonly text: string }) | undefined>;
  /** In the order of modules, sections and exercises. */
  exercises(filter?: ExerciseFilter): Promise<readonly CatalogueExercise[]>;
}

/** Seeds of instances: one variant made concrete for one learner. */
export interface InstanceStore {
  /** The seed of the learner's instance. The first to ask stores the proposed one; all others get that. */
  assignSeed(instance: {
    readonly userId: string;
    readonly exerciseId: string;
    readonly variant: string;
    readonly proposed: number;
    readonly at: Date;
  }): Promise<number>;
}
