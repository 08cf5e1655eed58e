import { randomInt } from 'node:crypto';
import path from 'node:path';
import { Logger } from '@nestjs/common';
import { type ConceptDefinition, readConcepts, readFolder } from '@kubedrill/content';
import {
  Database,
  PrismaAccountStore,
  PrismaCatalogue,
  PrismaExerciseVersions,
  PrismaInstanceStore,
  PrismaProgressStore,
  type PrismaRegradeStore,
  PrismaSubmissionStore,
} from '@kubedrill/persistence';
import {
  AwaitedJobs,
  Dispatcher,
  type GradingQueue,
  GradingRecorder,
  JobListeners,
  LocalSubmissionEvents,
  Recovery,
  type Regrades,
  SubmissionService,
  type TroubleReport,
} from '@kubedrill/submissions';
import type { ApiConfig } from '../config.ts';
import { Metrics } from '../metrics/metrics.ts';
import { type Grading, startGrading } from './grading.ts';
import { type Regrading, startRegrading } from './regrading.ts';
import { readPublishedModules } from './published-content.ts';
import { type RunningSandboxes, startSandboxes } from './sandboxes.ts';
import { newSortableId } from './sortable-id.ts';

/** Everything behind the HTTP server, running. */
export interface Platform {
  readonly accounts: PrismaAccountStore;
  readonly catalogue: PrismaCatalogue;
  readonly versions: PrismaExerciseVersions;
  readonly progress: PrismaProgressStore;
  readonly leaderboards: PrismaProgressStore;
  /** What the modules on disk teach. */
  readonly concepts: readonly ConceptDefinition[];
  readonly submissionStore: PrismaSubmissionStore;
  readonly submissions: SubmissionService;
  readonly recovery: Recovery;
  readonly regradeStore: PrismaRegradeStore;
  readonly regrades: Regrades;
  readonly events: LocalSubmissionEvents;
  readonly queue: GradingQueue;
  readonly metrics: Metrics;
  readonly learnerSandboxes: RunningSandboxes;
  close(): Promise<void>;
}

const migrations = path.resolve(import.meta.dirname, '../../../../prisma/migrations');
const seeds = 2 ** 32;
const expiryInterval = 3_600_000;
const now = (): Date => new Date();

/** Opens the database, publishes the content, starts the queue, and brings back what an earlier run left unfinished. */
export async function startPlatform(config: ApiConfig): Promise<Platform> {
  const logger = new Logger('platform');
  const reportTrouble: TroubleReport = (what, error) =>
    logger.warn(`${what}: ${error instanceof Error ? error.message : String(error)}`);
  const modules = readPublishedModules(config.contentDirectory);
  const database = await Database.open({ url: config.databaseUrl, migrations });
  const catalogue = new PrismaCatalogue(database);
  await catalogue.publish(modules, now());

  const accounts = new PrismaAccountStore(database);
  const progress = new PrismaProgressStore(database);
  const store = new PrismaSubmissionStore(database);
  const events = new LocalSubmissionEvents();
  const grading = await startGrading(config, reportTrouble);
  const { queue } = grading;
  const metrics = new Metrics(queue);
  const dispatcher = new Dispatcher({ store, queue, catalogue, events, now, reportTrouble });
  const recovery = new Recovery({ store, dispatcher, events, now, reportTrouble });
  const instances = new PrismaInstanceStore(database);
  const submissions = new SubmissionService({
    store,
    instances,
    catalogue,
    dispatcher,
    now,
    newId: newSortableId,
    newSeed: () => randomInt(seeds),
  });
  const recorder = metrics.counting(new GradingRecorder({ store, events, now, reportTrouble }));
  const jobs = new AwaitedJobs(queue);
  await queue.listen(new JobListeners(recorder, { regrade: jobs }));
  await grading.start();
  recovery.start();
  const versions = new PrismaExerciseVersions(database, catalogue);
  const { concurrency } = config.grading;
  const regrading = startRegrading({ database, jobs, catalogue, versions, now, reportTrouble, concurrency });
  const learnerSandboxes = await startSandboxes(config, { database, catalogue, instances, now, reportTrouble });
  const expiry = setInterval(() => void removeExpired(accounts, reportTrouble), expiryInterval).unref();

  const close = async (): Promise<void> => {
    clearInterval(expiry);
    await learnerSandboxes.close();
    jobs.stop();
    await closeInOrder([regrading, recovery], grading, database);
  };
  return {
    accounts,
    catalogue,
    versions,
    regradeStore: regrading.store,
    regrades: regrading.regrades,
    progress,
    leaderboards: progress,
    concepts: readConcepts(readFolder(config.contentDirectory)),
    submissionStore: store,
    submissions,
    recovery,
    events,
    queue,
    metrics,
    learnerSandboxes,
    close,
  };
}

/** First nothing new comes, then what runs ends and is recorded, then the database goes. */
async function closeInOrder(
  background: readonly (Regrading | Recovery)[],
  grading: Grading,
  database: Database,
): Promise<void> {
  for (const work of background) await work.stop();
  await grading.close();
  await database.close();
}

async function removeExpired(accounts: PrismaAccountStore, reportTrouble: TroubleReport): Promise<void> {
  try {
    await accounts.removeExpired(now());
  } catch (error) {
    reportTrouble('expired sessions could not be removed', error);
  }
}
