import { describe, expect, it } from '@jest/globals';
import { matrixSchema } from '../../src/checks/matrix/schema.ts';

const sources = { web: { deployment: 'web' }, batch: { deployment: 'batch' } };
const targets = { api: { host: 'api', port: 80 }, db: { host: 'db', port: 5432 } };

function complaints(expected: string): readonly string[] {
  const parsed = matrixSchema.safeParse({ kind: 'matrix', sources, targets, expect: expected });
  return parsed.success ? [] : parsed.error.issues.map(({ message }) => message);
}

const faulty: readonly (readonly [what: string, table: string, complaint: string])[] = [
  ['no rows', 'api db', 'write a line with the names of the targets'],
  ['a cell too few', 'api db\nweb yes\nbatch no no', 'row "web" has 1 cells, and there are 2 columns'],
  ['a word that is none', 'api db\nweb yes maybe\nbatch no no', 'row "web" has "maybe": write one of yes, no, denied'],
  ['a row of nobody', 'api db\nwep yes no\nbatch no no', 'there is no "wep" under sources'],
  ['a source without a row', 'api db\nweb yes no', 'the table says nothing of it'],
  ['a column of nothing', 'api dbs\nweb yes no\nbatch no no', 'there is no "dbs" under targets'],
];

describe('the table of a matrix', () => {
  it('is read cell by cell; a dot is not asked', () => {
    const parsed = matrixSchema.parse({
      kind: 'matrix',
      sources,
      targets,
      expect: '.  api | db\nweb yes .\n\n batch denied refused',
    });
    expect(parsed.expect.cells).toEqual([
      { row: 'web', column: 'api', expected: 'delivered' },
      { row: 'batch', column: 'api', expected: 'deniedByPolicy' },
      { row: 'batch', column: 'db', expected: 'refused' },
    ]);
  });

  it.each(faulty)('%s', (_, table, complaint) => {
    expect(complaints(table).join('\n')).toContain(complaint);
  });
});
