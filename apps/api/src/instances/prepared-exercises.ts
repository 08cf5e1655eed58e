import { asExerciseVersion, type Exercise, readExercise } from '@kubedrill/content';
import type { ExerciseCatalogue } from '@kubedrill/submissions';

const capacity = 200;

/** Exercises as the content library reads them, by digest; the least recently used leaves when the place is needed. */
export class PreparedExercises {
  private readonly byDigest = new Map<string, Exercise>();
  private readonly catalogue: ExerciseCatalogue;

  constructor(catalogue: ExerciseCatalogue) {
    this.catalogue = catalogue;
  }

  /** Throws for a version that was never stored or that the content library cannot read: both are faults of the platform. */
  async get(digest: string): Promise<Exercise> {
    const known = this.byDigest.get(digest);
    const exercise = known ?? (await this.read(digest));
    this.byDigest.delete(digest);
    this.byDigest.set(digest, exercise);
    if (this.byDigest.size > capacity) {
      const [oldest] = this.byDigest.keys();
      if (oldest !== undefined) this.byDigest.delete(oldest);
    }
    return exercise;
  }

  private async read(digest: string): Promise<Exercise> {
    const stored = await this.catalogue.version(digest);
    const version = stored && asExerciseVersion(stored.content);
    if (!version) throw new Error(`exercise version ${digest} is not stored or not readable`);
    const reading = readExercise(version, digest);
    if (!reading.ok) throw new Error(`exercise version ${digest}: ${reading.problems[0]?.message ?? 'faulty'}`);
    return reading.exercise;
  }
}
