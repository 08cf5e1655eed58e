/** Which lines of two texts have no counterpart in the other. */
export interface LineDifference {
  readonly removed: readonly boolean[];
  readonly added: readonly boolean[];
}

/** So many pairs of lines are compared at most; what is larger counts as rewritten. */
const mostPairs = 4_000_000;

/** A longest common subsequence of lines, with runs of changes where diff(1) puts them. */
export function differenceOf(before: readonly string[], after: readonly string[]): LineDifference {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let end = 0;
  const rest = Math.min(before.length, after.length) - start;
  while (end < rest && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  const removed = marks(before.length, start, end);
  const added = marks(after.length, start, end);
  unmarkCommon(before, after, removed, added, start);
  slide(before, removed, added);
  slide(after, added, removed);
  return { removed, added };
}

function marks(length: number, start: number, end: number): boolean[] {
  return Array.from({ length }, (_, index) => index >= start && index < length - end);
}

function unmarkCommon(
  before: readonly string[],
  after: readonly string[],
  removed: boolean[],
  added: boolean[],
  start: number,
): void {
  const rows = removed.lastIndexOf(true) + 1 - start;
  const columns = added.lastIndexOf(true) + 1 - start;
  if (rows <= 0 || columns <= 0 || rows * columns > mostPairs) return;
  const width = columns + 1;
  const lengths = new Uint32Array((rows + 1) * width);
  const lengthAt = (row: number, column: number): number => lengths[row * width + column] ?? 0;
  const isSame = (row: number, column: number): boolean => before[start + row] === after[start + column];
  for (let row = rows - 1; row >= 0; row -= 1)
    for (let column = columns - 1; column >= 0; column -= 1)
      lengths[row * width + column] = isSame(row, column)
        ? lengthAt(row + 1, column + 1) + 1
        : Math.max(lengthAt(row + 1, column), lengthAt(row, column + 1));
  for (let row = 0, column = 0; row < rows && column < columns;) {
    if (isSame(row, column)) {
      removed[start + row] = false;
      added[start + column] = false;
      row += 1;
      column += 1;
    } else if (lengthAt(row + 1, column) >= lengthAt(row, column + 1)) row += 1;
    else column += 1;
  }
}

/**
 * diffutils' analyze.c: a run of changed lines whose last line equals the one before it can as well stand a line earlier, and so on. Runs
 * that meet are one; then a run goes as far down as it can, or to where the other text changes, too.
 */
function slide(lines: readonly string[], changed: boolean[], otherChanged: readonly boolean[]): void {
  const other = new Cursor(otherChanged);
  let index = 0;
  while (index < lines.length) {
    if (changed[index] !== true) {
      other.forward();
      index += 1;
      continue;
    }
    let start = index;
    while (changed[index] === true) index += 1;
    other.skipChanges();
    let corresponding: number;
    let length: number;
    do {
      length = index - start;
      while (start > 0 && lines[start - 1] === lines[index - 1]) {
        start -= 1;
        index -= 1;
        changed[start] = true;
        changed[index] = false;
        while (start > 0 && changed[start - 1] === true) start -= 1;
        other.back();
      }
      corresponding = other.isBehindChange ? index : lines.length;
      while (index < lines.length && lines[start] === lines[index]) {
        changed[start] = false;
        changed[index] = true;
        start += 1;
        index += 1;
        while (changed[index] === true) index += 1;
        if (other.step()) corresponding = index;
      }
    } while (length !== index - start);
    while (corresponding < index) {
      start -= 1;
      index -= 1;
      changed[start] = true;
      changed[index] = false;
      other.back();
    }
  }
}

/** The place in the other text: behind so many unchanged lines and the changes that follow them. */
class Cursor {
  private readonly changed: readonly boolean[];
  private at = 0;

  constructor(changed: readonly boolean[]) {
    this.changed = changed;
  }

  get isBehindChange(): boolean {
    return this.changed[this.at - 1] === true;
  }

  skipChanges(): void {
    while (this.changed[this.at] === true) this.at += 1;
  }

  forward(): void {
    this.skipChanges();
    this.at += 1;
  }

  /** Past one unchanged line; whether changes followed it. */
  step(): boolean {
    this.at += 1;
    const from = this.at;
    this.skipChanges();
    return this.at > from;
  }

  back(): void {
    this.at -= 1;
    while (this.at >= 0 && this.changed[this.at] === true) this.at -= 1;
  }
}
