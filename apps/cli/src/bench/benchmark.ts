/** One figure of a benchmark. */
export interface Measurement {
  readonly what: string;
  readonly value: number;
  readonly unit: 'ms' | 'x' | '1/s' | 'MiB' | 'pods';
}

export interface BenchmarkOptions {
  /** How many of what it is about; absent: as many as it is meant for. */
  readonly count?: number;
}

export interface Benchmark {
  readonly name: string;
  readonly title: string;
  readonly run: (options: BenchmarkOptions) => readonly Measurement[] | Promise<readonly Measurement[]>;
}

/** Runs it so many times unmeasured, then so many times measured; the median in milliseconds. */
export function medianTime(
  work: () => void,
  { warmUp, runs }: { readonly warmUp: number; readonly runs: number },
): number {
  for (let run = 0; run < warmUp; run += 1) work();
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const start = performance.now();
    work();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[Math.floor(runs / 2)] ?? NaN;
}
