import type { Benchmark } from './benchmark.ts';
import { growth } from './growth.ts';
import { twoTier } from './two-tier.ts';

export const benchmarks: readonly Benchmark[] = [twoTier, growth];
