import { z } from 'zod';

/** What may stand in a cell, and what it asks for. */
const words = {
  yes: 'delivered',
  no: 'notDelivered',
  denied: 'deniedByPolicy',
  refused: 'refused',
  timeout: 'timedOut',
} as const;

/** Not asked. */
const blank = '.';

export interface Cell {
  readonly row: string;
  readonly column: string;
  readonly expected: (typeof words)[keyof typeof words];
}

export interface Table {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly cells: readonly Cell[];
}

const mostNames = 30;

/** A table as people write it: the names of the columns, then a line for each row with its name and its cells. */
export const tableSchema = z
  .string()
  .max(10_000)
  .transform((text, context): Table => {
    const [header = [], ...lines] = text
      .split('\n')
      .map((line) =>
        line
          .trim()
          .split(/[\s|]+/)
          .filter((word) => word !== ''),
      )
      .filter((line) => line.length > 0);
    // In YAML the first line may not be indented deeper than the next: a dot in the corner holds its place.
    const columns = header[0] === blank ? header.slice(1) : header;
    const complain = (message: string): void => {
      context.addIssue({ code: 'custom', message });
    };
    if (lines.length === 0) complain('write a line with the names of the targets, then a line for each source');
    if (columns.length > mostNames || lines.length > mostNames)
      complain(`it has more than ${mostNames} rows or columns`);
    const cells = lines.slice(0, mostNames).flatMap(([row = '', ...marks]) => {
      if (marks.length !== columns.length)
        complain(
          `row "${row}" has ${marks.length} cells, and there are ${columns.length} columns (${blank} for a cell that is not asked)`,
        );
      return marks.flatMap((mark, index): readonly Cell[] => {
        const column = columns[index] ?? '';
        if (mark === blank || column === '') return [];
        if (isWord(mark)) return [{ row, column, expected: words[mark] }];
        complain(`row "${row}" has "${mark}": write one of ${Object.keys(words).join(', ')} or ${blank}`);
        return [];
      });
    });
    return { rows: lines.map(([row = '']) => row), columns, cells };
  })
  .describe(
    'A table: "." and the names of the targets in the first line, then a line for each source, with its name and a cell for each target: yes (it is delivered), no (it is not), denied (by a NetworkPolicy), refused, timeout; "." is not asked',
  );

function isWord(mark: string): mark is keyof typeof words {
  return Object.hasOwn(words, mark);
}
