import { z } from 'zod';

/** How lists are paged: `limit` items from `cursor` on; the answer names the cursor of the next page while there is one. */
export const pageQuery = z.object({
  cursor: z
    .string()
    .min(1)
    .max(200)
    .regex(/^[A-Za-z0-9_-]+$/, { error: 'a cursor that an earlier page named' })
    .optional()
    .meta({ description: 'Opaque; the `nextCursor` of the page before. Absent: the first page' }),
  limit: z.coerce.number().int().min(1).max(100).default(20).meta({ description: 'Most items on a page', example: 20 }),
});

export type PageQuery = z.output<typeof pageQuery>;

export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item).max(100),
    nextCursor: z.string().max(200).optional().meta({ description: 'Absent on the last page' }),
  });
}

export function listOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item) });
}
