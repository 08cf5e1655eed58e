import type { VariantProgress } from '@kubedrill/progress';
import type { Prisma } from './generated/client.ts';

/** A row of progress as the rules know it. */
export function progressOf({ variantId, passedAt, ...row }: Prisma.ProgressModel): VariantProgress {
  return { ...row, variant: variantId, ...(passedAt === null ? {} : { passedAt }) };
}
