import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Json } from '@kubedrill/kube-model';
import { ProcessHosts } from '@kubedrill/sandbox';
import type { HostedSandbox } from '@kubedrill/submissions';
import { findExercise, readContent } from '../content-root.ts';
import type { Benchmark, Measurement } from './benchmark.ts';

const count = 200;
const processes = 2;
/** Milliseconds for which the hosts are left alone before their memory is looked at. */
const rest = 3_000;

/** Half of them empty, half in the initial state of an exercise with six Pods; nobody uses them. */
export const sandboxes: Benchmark = {
  name: 'sandboxes',
  title: `${count} sandboxes in ${processes} host processes: made one after the other, then idle`,
  async run() {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'kubedrill-bench-'));
    const hosts = new ProcessHosts({
      ...{ folder, hosts: processes, memoryLimitMebibytes: 512 },
      reportTrouble: (what, error) => {
        throw new Error(`${what}: ${String(error)}`);
      },
    });
    try {
      await hosts.ready();
      const empty = hosts.residentMebibytes;
      const times = await openAll(hosts);
      await new Promise((resolve) => setTimeout(resolve, rest));
      return [...figuresOf(times), { what: 'memory of the hosts, empty', value: empty, unit: 'MiB' }, memory(hosts)];
    } finally {
      await hosts.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function openAll(hosts: ProcessHosts): Promise<readonly number[]> {
  const { exercise } = findExercise(readContent(), 'blue-green-and-canary');
  const { version, digest, frame } = exercise;
  const variant = frame.variants[0]?.id ?? '';
  const times: number[] = [];
  for (let number = 0; number < count; number += 1) {
    const begin = performance.now();
    const id = `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
    const origin: HostedSandbox['origin'] =
      number % 2 === 0
        ? { kind: 'bare', seed: number, nodes: 3, proxyMode: 'iptables' }
        : { kind: 'exercise', exercise: version as unknown as Json, exerciseDigest: digest, variant, seed: number };
    await hosts.open({ id, startedAt: Math.floor(Date.now() / 1000) * 1000, speed: 1, origin });
    times.push(performance.now() - begin);
  }
  return times;
}

function figuresOf(times: readonly number[]): readonly Measurement[] {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor((sorted.length - 1) * share)] ?? NaN;
  return [
    { what: 'the first sandbox', value: times[0] ?? NaN, unit: 'ms' },
    { what: 'a sandbox (median)', value: at(0.5), unit: 'ms' },
    { what: 'a sandbox (95 of 100 are faster)', value: at(0.95), unit: 'ms' },
  ];
}

const memory = (hosts: ProcessHosts): Measurement => ({
  what: `memory of the hosts with ${count} idle sandboxes`,
  value: hosts.residentMebibytes,
  unit: 'MiB',
});
