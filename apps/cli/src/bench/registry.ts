import type { Benchmark } from './benchmark.ts';
import { growth } from './growth.ts';
import { platformLoad } from './platform-load.ts';
import { regrade } from './regrade.ts';
import { sandboxes } from './sandboxes.ts';
import { scale } from './scale.ts';
import { twoTier } from './two-tier.ts';

export const benchmarks: readonly Benchmark[] = [twoTier, platformLoad, regrade, growth, scale, sandboxes];
