import { BullGradingQueue, EmbeddedGradingQueue } from '@kubedrill/queue';
import { ProcessSandbox } from '@kubedrill/sandbox';
import { handleJob, type GradingQueue, type TroubleReport } from '@kubedrill/submissions';
import type { ApiConfig } from '../config.ts';

/** The way to the graders, wherever they are. */
export interface Grading {
  readonly queue: GradingQueue;
  /** Begins to take up jobs, where this process does. */
  start(): Promise<void>;
  close(): Promise<void>;
}

/** With Redis the workers are processes of their own; without, this process has a queue and a sandbox itself. */
export async function startGrading(config: ApiConfig, reportTrouble: TroubleReport): Promise<Grading> {
  return config.redisUrl === undefined ? embeddedGrading(config) : redisGrading(config.redisUrl, reportTrouble);
}

async function embeddedGrading({ grading }: ApiConfig): Promise<Grading> {
  const queue = new EmbeddedGradingQueue({ concurrency: grading.concurrency });
  const sandbox = new ProcessSandbox(grading);
  await sandbox.ready();
  return {
    queue,
    start: () => queue.start((job) => handleJob(sandbox, job)),
    close: async () => {
      await queue.close();
      await sandbox.close();
    },
  };
}

function redisGrading(redisUrl: string, reportTrouble: TroubleReport): Grading {
  const queue = new BullGradingQueue({ redisUrl, onTransportFault: (error) => reportTrouble('Redis', error) });
  return { queue, start: () => Promise.resolve(), close: () => queue.close() };
}
