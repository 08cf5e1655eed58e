import { setTimeout as delay } from 'node:timers/promises';
import type { Benchmark, Measurement } from './benchmark.ts';
import { PlatformProcess } from './platform-process.ts';
import { SubmissionClient } from './submission-client.ts';
import { twoTierFiles } from './two-tier.ts';

const warmUpSubmissions = 200;
/** As fast as they are graded, so many at a time. */
const saturation = { submissions: 2_000, inFlight: 32 } as const;
/** One every 20 ms, whatever became of the others. */
const steady = { submissions: 500, perSecond: 50 } as const;

/** Submissions end to end over HTTP: stored, queued, graded in the sandbox, recorded; the client is on the same machine. */
export const platformLoad: Benchmark = {
  name: 'http',
  title: 'Submissions end to end over HTTP (two-tier solution)',
  async run() {
    const embedded = await measure('embedded', await PlatformProcess.embedded());
    const redis = await PlatformProcess.withRedis();
    return redis ? [...embedded, ...(await measure('with Redis and two workers', redis))] : embedded;
  },
};

async function measure(setting: string, platform: PlatformProcess): Promise<readonly Measurement[]> {
  const client = new SubmissionClient(platform.url, { exercise: 'two-tier', variant: 'basic', files: twoTierFiles() });
  try {
    await client.logIn();
    await saturate(client, warmUpSubmissions);
    const throughput = await saturate(client, saturation.submissions);
    const latencies = await keepPace(client);
    return [
      { what: `${setting}: submissions graded, ${saturation.inFlight} at a time`, value: throughput, unit: '1/s' },
      { what: `${setting}: latency at ${steady.perSecond} a second, p50`, value: quantile(latencies, 0.5), unit: 'ms' },
      {
        what: `${setting}: latency at ${steady.perSecond} a second, p99`,
        value: quantile(latencies, 0.99),
        unit: 'ms',
      },
    ];
  } finally {
    client.close();
    await platform.stop();
  }
}

/** Submissions graded in a second. */
async function saturate(client: SubmissionClient, submissions: number): Promise<number> {
  let left = submissions;
  const start = performance.now();
  const stream = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await client.submitAndWait();
    }
  };
  await Promise.all(Array.from({ length: saturation.inFlight }, stream));
  return (submissions / (performance.now() - start)) * 1_000;
}

async function keepPace(client: SubmissionClient): Promise<readonly number[]> {
  const pending: Promise<number>[] = [];
  const start = performance.now();
  for (let index = 0; index < steady.submissions; index += 1) {
    await delay(Math.max(0, start + (index * 1_000) / steady.perSecond - performance.now()));
    pending.push(client.submitAndWait());
  }
  return Promise.all(pending);
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}
