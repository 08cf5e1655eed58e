import type { ExerciseSource, PublishedExercise } from './catalogue.ts';

/** An exercise that somebody publishes by hand. */
export interface HandPublication {
  readonly moduleId: string;
  readonly sectionId: string;
  readonly exercise: PublishedExercise & { readonly source: ExerciseSource };
  readonly userId: string;
}

export type PublicationOutcome =
  | { readonly kind: 'published'; readonly newVersion: boolean }
  | { readonly kind: 'unknownSection' }
  /** The id belongs to an exercise of another module: ids are for good. */
  | { readonly kind: 'otherModule'; readonly moduleId: string };

/** A version in the history of its exercise. */
export interface VersionRecord {
  readonly digest: string;
  readonly firstPublishedAt: Date;
  readonly lastPublishedAt: Date;
  /** Who published it last; absent: the content folder. */
  readonly publishedBy?: { readonly id: string; readonly name: string };
  /** Whether new submissions are pinned to it. */
  readonly served: boolean;
  readonly submissions: number;
}

/** Whether an exercise is served, and from where. */
export interface ExerciseRecord {
  readonly id: string;
  readonly moduleId: string;
  readonly digest: string;
  readonly origin: 'folder' | 'upload';
  readonly served: boolean;
  readonly archivedAt?: Date;
}

/** What instructors do with exercises. Versions are immutable; what changes is which one is served. */
export interface ExerciseVersions {
  /** Also when it is archived or left the folder. */
  find(exerciseId: string): Promise<ExerciseRecord | undefined>;
  /** Newest first, at most 200. */
  versionsOf(exerciseId: string): Promise<readonly VersionRecord[]>;
  /** The folder that the version was last published from. */
  source(digest: string): Promise<ExerciseSource | undefined>;
  publish(publication: HandPublication, at: Date): Promise<PublicationOutcome>;
  /** False when it is archived already. */
  archive(exerciseId: string, at: Date): Promise<boolean>;
  /** False when it is not archived. */
  restore(exerciseId: string): Promise<boolean>;
}
