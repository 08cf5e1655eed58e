import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { GradingJob, SandboxOutcome } from '@kubedrill/submissions';
import { createGradingSandbox, ProcessSandbox } from '../src/index.ts';
import type { SandboxOptions } from '../src/index.ts';

jest.setTimeout(30_000);

const MODULE = new URL('./fixtures/job-kinds.mjs', import.meta.url).href;

function job(kind: string): GradingJob {
  return {
    id: `job-${kind}`,
    kind: 'grading',
    exerciseDigest: 'digest',
    exercise: { text: 'x'.repeat(1000) },
    variant: kind,
    seed: 1,
    content: { kind: 'files', files: [{ path: 'a.yaml', content: 'a: 1\n' }] },
  };
}

async function withSandbox<T>(
  options: Partial<SandboxOptions>,
  use: (sandbox: ProcessSandbox) => Promise<T>,
): Promise<T> {
  const sandbox = new ProcessSandbox({ concurrency: 1, moduleUrl: MODULE, spares: 0, ...options });
  try {
    return await use(sandbox);
  } finally {
    await sandbox.close();
  }
}

function valueOf(outcome: SandboxOutcome): unknown {
  return outcome.kind === 'finished' && 'value' in outcome.result ? outcome.result.value : outcome;
}

describe('a sandbox', () => {
  let sandbox: ProcessSandbox;
  let patient: ProcessSandbox;

  beforeAll(async () => {
    sandbox = new ProcessSandbox({
      concurrency: 2,
      moduleUrl: MODULE,
      timeLimitMilliseconds: 1_500,
      memoryLimitMebibytes: 96,
    });
    // Memory is to be the bound that is hit, also on a busy machine.
    patient = new ProcessSandbox({
      concurrency: 2,
      moduleUrl: MODULE,
      timeLimitMilliseconds: 20_000,
      memoryLimitMebibytes: 96,
    });
    await Promise.all([sandbox.ready(), patient.ready()]);
  });

  afterAll(async () => {
    await sandbox.close();
    await patient.close();
  });

  /** Two jobs at the same time: one goes wrong, the other does not notice. */
  async function beside(kind: string, place = sandbox): Promise<PromiseSettledResult<SandboxOutcome>> {
    const [outcome, other] = await Promise.allSettled([place.run(job(kind)), place.run(job('slow'))]);
    expect(other).toEqual({ status: 'fulfilled', value: expect.objectContaining({ kind: 'finished' }) });
    return outcome;
  }

  it('hands the job in and the result out as they are', async () => {
    expect(valueOf(await sandbox.run(job('echo')))).toEqual(job('echo'));
  });

  it('warms the module up before the first job', async () => {
    expect(valueOf(await sandbox.run(job('warm')))).toBe(true);
  });

  it.each(['loop', 'asyncLoop', 'regex'])('%s: ends at the time limit, alone', async (kind) => {
    expect(await beside(kind)).toEqual({
      status: 'fulfilled',
      value: { kind: 'limited', bound: 'time', text: 'Grading took longer than 1.5 s.' },
    });
  });

  it.each([
    'tree',
    'bigFill',
    'bigFillDoubles',
    'stringDoubling',
    'map',
    'object',
    'spread',
    'json',
    'buffers',
    'recursion',
  ])('%s: ends at the memory limit, alone', async (kind) => {
    expect(await beside(kind, patient)).toEqual({
      status: 'fulfilled',
      value: { kind: 'limited', bound: 'memory', text: 'Grading needed more than 96 MiB of memory.' },
    });
  });

  it.each([
    ['throw', 'no such check'],
    ['throwText', 'text'],
    ['exit', 'ended with code 0'],
    ['abort', 'ended with SIGABRT'],
    ['kill', 'the sandbox process'],
    ['garbage', 'no result'],
    ['unclonable', 'could not be cloned'],
    ['chatter', 'ended with SIGKILL'],
    ['noise', 'ended with SIGKILL'],
  ])('%s: a fault of the platform, not of the learner', async (kind, message) => {
    expect(await beside(kind)).toEqual({
      status: 'rejected',
      reason: expect.objectContaining({ message: expect.stringContaining(message) }),
    });
  });

  it('says what a job found lacking, and takes the next one', async () => {
    expect(await sandbox.run(job('unsupported'))).toEqual({ kind: 'unsupported', text: 'no such command here' });
    expect(valueOf(await sandbox.run(job('warm')))).toBeDefined();
  });

  it('gives no later job to a process that dies when it is idle', async () => {
    await sandbox.run(job('late'));
    await new Promise((resolve) => setTimeout(resolve, 400));
    for (let n = 0; n < 4; n++) expect(valueOf(await sandbox.run(job('warm')))).toBe(true);
  });

  it.each([
    ['env', []],
    ['read', 'ERR_ACCESS_DENIED'],
    ['write', 'ERR_ACCESS_DENIED'],
    ['spawn', 'ERR_ACCESS_DENIED'],
    ['thread', 'ERR_ACCESS_DENIED'],
  ])('%s: is denied', async (kind, expected) => {
    expect(valueOf(await sandbox.run(job(kind)))).toEqual(expected);
  });
});

describe('the pool', () => {
  it('keeps processes, and replaces them after their number of jobs', async () => {
    await withSandbox({ jobsPerProcess: 2 }, async (sandbox) => {
      const pids: unknown[] = [];
      for (let n = 0; n < 5; n++) pids.push(valueOf(await sandbox.run(job('pid'))));
      expect(pids[1]).toBe(pids[0]);
      expect(new Set(pids).size).toBe(3);
    });
  });

  it('runs as many jobs at a time as it has places, spares aside', async () => {
    await withSandbox({ concurrency: 2, spares: 2 }, async (sandbox) => {
      await sandbox.ready();
      const started = performance.now();
      await Promise.all(Array.from({ length: 6 }, () => sandbox.run(job('slow'))));
      expect(performance.now() - started).toBeGreaterThan(85);
    });
  });

  it('refuses what is beyond its waiting line', async () => {
    await withSandbox({ waitingLimit: 2 }, async (sandbox) => {
      await sandbox.ready();
      const taken = ['slow', 'slow', 'slow'].map((kind) => sandbox.run(job(kind)));
      await expect(sandbox.run(job('slow'))).rejects.toThrow('2 jobs wait already');
      await Promise.all(taken);
    });
  });

  it('rejects jobs when no process can start, and tries again with the next', async () => {
    const moduleUrl = new URL('./fixtures/does-not-start.mjs', import.meta.url).href;
    await withSandbox({ moduleUrl }, async (sandbox) => {
      await expect(sandbox.run(job('echo'))).rejects.toThrow('the module is broken');
      await expect(sandbox.run(job('echo'))).rejects.toThrow('the module is broken');
    });
    await expect(createGradingSandbox({ concurrency: 1, moduleUrl })).rejects.toThrow('the module is broken');
  });

  it('ends its processes and rejects what runs and waits when it closes', async () => {
    const sandbox = new ProcessSandbox({ concurrency: 1, moduleUrl: MODULE });
    await sandbox.ready();
    const jobs = [sandbox.run(job('loop')), sandbox.run(job('echo'))];
    const settled = Promise.allSettled(jobs);
    await sandbox.close();
    expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(sandbox.run(job('echo'))).rejects.toThrow('closed');
  });
});
