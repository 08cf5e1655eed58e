/** cli-runtime's tabwriter: columns three blanks apart, at least six wide; the last one is not padded. The widths are kept for rows that follow. */
export function layOutTable(rows: readonly (readonly string[])[], widths: number[] = []): readonly string[] {
  for (const row of rows) {
    row.forEach((cell, index) => {
      widths[index] = Math.max(widths[index] ?? minimumWidth, cell.length + gap);
    });
  }
  return rows.map((row) =>
    row.map((cell, index) => (index === row.length - 1 ? cell : cell.padEnd(widths[index] ?? 0))).join(''),
  );
}

const gap = 3;
const minimumWidth = 6;
