import type { Ratio } from '@kubedrill/cluster-sim';
import { z } from 'zod';

/** An exact probability as authors write it: "1/3", "0", "1". */
export const ratioSchema = z
  .string()
  .regex(/^\d{1,6}(\/[1-9]\d{0,5})?$/, { error: 'write an exact fraction such as "1/3", "0" or "1"' })
  .transform((text): Ratio => {
    const [numerator, denominator] = text.split('/');
    return { numerator: Number(numerator), denominator: Number(denominator ?? 1) };
  })
  .describe('An exact probability: "1/3"');
