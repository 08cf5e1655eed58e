import { type Database, PrismaRegradeStore } from '@kubedrill/persistence';
import {
  type AwaitedJobs,
  type ExerciseCatalogue,
  type ExerciseVersions,
  RegradeRunner,
  Regrades,
  type TroubleReport,
} from '@kubedrill/submissions';
import { newSortableId } from './sortable-id.ts';

export interface RegradingParts {
  readonly database: Database;
  readonly jobs: AwaitedJobs;
  readonly catalogue: ExerciseCatalogue;
  readonly versions: ExerciseVersions;
  readonly now: () => Date;
  readonly reportTrouble: TroubleReport;
  /** Gradings at the same time, where they run. */
  readonly concurrency: number;
}

export interface Regrading {
  readonly store: PrismaRegradeStore;
  readonly regrades: Regrades;
  stop(): Promise<void>;
}

/** What an earlier run left undone goes on at once. */
export function startRegrading({ database, concurrency, ...parts }: RegradingParts): Regrading {
  const store = new PrismaRegradeStore(database);
  const runner = new RegradeRunner({ ...parts, store, inFlight: concurrency + 2 });
  runner.start();
  return {
    store,
    regrades: new Regrades({ ...parts, store, runner, newId: newSortableId }),
    stop: () => runner.stop(),
  };
}
