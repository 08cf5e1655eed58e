import type { AuthoredExercise, SelfTestReport } from '@kubedrill/content';
import { fork, type ChildProcess } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { TestJob, TrialAnswer, TrialJob, TrialReports } from './trial-job.ts';

/** The program beside this file, compiled or not as this file is. */
const main = fileURLToPath(new URL(`./trial-main${import.meta.url.slice(-3)}`, import.meta.url));

/** What one grading makes and drops dies young in so much room. */
const youngMebibytes = 64;

const seedsOfJob = 5;
const mostProcesses = 16;

/** Tests exercises with all cores. Reports come in the order of the exercises. */
export async function selfTestAll(
  root: string,
  exercises: readonly AuthoredExercise[],
  seeds: readonly number[],
): Promise<readonly SelfTestReport[]> {
  const jobs = exercises.flatMap((authored) => testJobsOf(authored, seeds));
  const reports = await reportsOf(root, jobs);
  return exercises.map(({ exercise }) => {
    const parts = reports.filter((report) => report.exercise === exercise.frame.id);
    return {
      exercise: exercise.frame.id,
      graded: parts.reduce((sum, { graded }) => sum + graded, 0),
      failures: parts.flatMap(({ failures }) => failures),
    };
  });
}

function testJobsOf({ exercise }: AuthoredExercise, seeds: readonly number[]): readonly TestJob[] {
  return exercise.frame.variants.flatMap(({ id: variant }) =>
    Array.from({ length: Math.ceil(seeds.length / seedsOfJob) }, (_, part) => ({
      kind: 'test' as const,
      exercise: exercise.frame.id,
      variant,
      seeds: seeds.slice(part * seedsOfJob, (part + 1) * seedsOfJob),
    })),
  );
}

/** Runs jobs of one kind with all cores. Reports come in the order of the jobs. */
export async function reportsOf<J extends TrialJob>(
  root: string,
  jobs: readonly J[],
): Promise<readonly TrialReports[J['kind']][]> {
  const reports: TrialReports[J['kind']][] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    const child = fork(main, [root], { execArgv: [`--max-semi-space-size=${youngMebibytes}`] });
    try {
      for (let job = jobs[next]; job; job = jobs[next]) {
        const place = next;
        next += 1;
        reports[place] = await answerOf(child, job);
      }
    } finally {
      child.kill();
    }
  };
  await Promise.all(Array.from({ length: Math.min(jobs.length, availableParallelism(), mostProcesses) }, work));
  return reports;
}

function answerOf<J extends TrialJob>(child: ChildProcess, job: J): Promise<TrialReports[J['kind']]> {
  return new Promise((resolve, reject) => {
    const ended = (): void => reject(new Error(`the process that tested ${job.exercise} has ended`));
    child.once('exit', ended);
    child.once('message', (answer: TrialAnswer) => {
      child.off('exit', ended);
      if (answer.kind === 'report') resolve(answer.report as TrialReports[J['kind']]);
      else reject(new Error(`${job.exercise}, variant ${job.variant}: ${answer.text}`));
    });
    child.send(job);
  });
}
