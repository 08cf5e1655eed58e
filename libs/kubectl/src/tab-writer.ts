/**
 * text/tabwriter of Go, padding with blanks: cells that a tab ends stand in columns, each as wide as its widest cell in the
 * neighbouring lines that have it. What follows a line's last tab is in no column.
 */
export function alignTabs(text: string, padding: number): string {
  const lines = text.split('\n').map((line) => line.split('\t'));
  const columns = lines.reduce((most, cells) => Math.max(most, cells.length - 1), 0);
  for (let column = 0; column < columns; column += 1) {
    let block: string[][] = [];
    for (const cells of lines) {
      if (cells.length - 1 > column) block.push(cells);
      else {
        pad(block, column, padding);
        block = [];
      }
    }
    pad(block, column, padding);
  }
  return lines.map((cells) => cells.join('')).join('\n');
}

function pad(block: readonly string[][], column: number, padding: number): void {
  const width = block.reduce((most, cells) => Math.max(most, widthOf(cells[column] ?? '')), 0) + padding;
  for (const cells of block) {
    const cell = cells[column] ?? '';
    cells[column] = cell + ' '.repeat(width - widthOf(cell));
  }
}

/** In characters, not in bytes or halves of surrogate pairs. */
function widthOf(cell: string): number {
  return [...cell].length;
}
