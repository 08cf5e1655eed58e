import { z } from 'zod';
import { sourceSchema } from '../../exercise/source.ts';
import { targetSchema } from '../../exercise/target.ts';
import { tableSchema } from './table.ts';

const cellName = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, { error: 'a name is made of lower-case words joined by "-"' });

export const matrixSchema = z
  .strictObject({
    kind: z.literal('matrix'),
    sources: z.record(cellName, sourceSchema).describe('What the rows of the table are called'),
    targets: z.record(cellName, targetSchema).describe('What its columns are called'),
    expect: tableSchema,
  })
  .superRefine(({ sources, targets, expect: { rows, columns } }, context) => {
    const compare = (what: string, named: readonly string[], declared: readonly string[]): void => {
      for (const name of named)
        if (!declared.includes(name))
          context.addIssue({ code: 'custom', path: ['expect'], message: `there is no "${name}" under ${what}` });
      for (const name of declared)
        if (!named.includes(name))
          context.addIssue({ code: 'custom', path: [what, name], message: 'the table says nothing of it' });
    };
    compare('sources', rows, Object.keys(sources));
    compare('targets', columns, Object.keys(targets));
  })
  .describe('Who reaches whom: a table of all pairs; credit is the share of cells that are right');

export type MatrixParameters = z.output<typeof matrixSchema>;
