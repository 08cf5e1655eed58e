/** github.com/pmezard/go-difflib, which follows Python's difflib: unified diffs with three lines of context. */

const contextLines = 3;
/** Longer texts are compared without the lines that are everywhere. */
const popularFrom = 200;

interface Match {
  readonly left: number;
  readonly right: number;
  readonly size: number;
}

interface Change {
  readonly equal: boolean;
  readonly left: readonly [from: number, to: number];
  readonly right: readonly [from: number, to: number];
}

/** Lines without their ends. The text ends in a line end; it is empty where nothing differs. */
export function unifiedDiff(left: readonly string[], right: readonly string[]): string {
  return groups(changes(left, right))
    .map((group) => hunk(group, left, right))
    .join('');
}

function hunk(group: readonly Change[], left: readonly string[], right: readonly string[]): string {
  const [first, last] = [group[0], group.at(-1)];
  if (!first || !last) return '';
  const lines = group.flatMap((change) => {
    if (change.equal) return left.slice(...change.left).map((line) => ` ${line}\n`);
    return [
      ...left.slice(...change.left).map((line) => `-${line}\n`),
      ...right.slice(...change.right).map((line) => `+${line}\n`),
    ];
  });
  return `@@ -${range(first.left[0], last.left[1])} +${range(first.right[0], last.right[1])} @@\n${lines.join('')}`;
}

function range(from: number, to: number): string {
  if (to - from === 1) return String(from + 1);
  return `${to === from ? from : from + 1},${to - from}`;
}

/** GetGroupedOpCodes: changes that are near to each other, with their surroundings. */
function groups(all: readonly Change[]): readonly (readonly Change[])[] {
  const found: Change[][] = [];
  let group: Change[] = [];
  for (const [index, change] of all.entries()) {
    if (!change.equal) {
      group.push(change);
      continue;
    }
    const [isFirst, isLast] = [index === 0, index === all.length - 1];
    const size = change.left[1] - change.left[0];
    if (!isFirst && !isLast && size <= 2 * contextLines) {
      group.push(change);
      continue;
    }
    if (!isFirst) found.push([...group, headOf(change)]);
    group = isLast ? [] : [tailOf(change)];
  }
  if (group.some(({ equal }) => !equal)) found.push(group);
  return found.filter((part) => part.some(({ equal }) => !equal));
}

function headOf({ left, right }: Change): Change {
  const size = Math.min(contextLines, left[1] - left[0]);
  return { equal: true, left: [left[0], left[0] + size], right: [right[0], right[0] + size] };
}

function tailOf({ left, right }: Change): Change {
  const size = Math.min(contextLines, left[1] - left[0]);
  return { equal: true, left: [left[1] - size, left[1]], right: [right[1] - size, right[1]] };
}

function changes(left: readonly string[], right: readonly string[]): readonly Change[] {
  const found: Change[] = [];
  let [leftAt, rightAt] = [0, 0];
  for (const match of [...matchingBlocks(left, right), { left: left.length, right: right.length, size: 0 }]) {
    if (leftAt < match.left || rightAt < match.right) {
      found.push({ equal: false, left: [leftAt, match.left], right: [rightAt, match.right] });
    }
    [leftAt, rightAt] = [match.left + match.size, match.right + match.size];
    if (match.size > 0) found.push({ equal: true, left: [match.left, leftAt], right: [match.right, rightAt] });
  }
  return found;
}

/** The longest block, then what lies before and behind it, and so on; neighbours joined. */
function matchingBlocks(left: readonly string[], right: readonly string[]): readonly Match[] {
  const places = placesOf(right);
  const found: Match[] = [];
  const open: (readonly [number, number, number, number])[] = [[0, left.length, 0, right.length]];
  for (let part = open.pop(); part; part = open.pop()) {
    const [leftFrom, leftTo, rightFrom, rightTo] = part;
    const match = longestMatch(left, right, places, part);
    if (match.size === 0) continue;
    found.push(match);
    open.push([leftFrom, match.left, rightFrom, match.right]);
    open.push([match.left + match.size, leftTo, match.right + match.size, rightTo]);
  }
  found.sort((one, other) => one.left - other.left);
  return found.reduce<Match[]>((joined, match) => {
    const last = joined.at(-1);
    const touches = last && last.left + last.size === match.left && last.right + last.size === match.right;
    if (touches) joined[joined.length - 1] = { ...last, size: last.size + match.size };
    else joined.push(match);
    return joined;
  }, []);
}

function placesOf(lines: readonly string[]): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>();
  for (const [index, line] of lines.entries()) {
    const known = places.get(line);
    if (known) known.push(index);
    else places.set(line, [index]);
  }
  if (lines.length < popularFrom) return places;
  const limit = Math.floor(lines.length / 100) + 1;
  for (const [line, indexes] of places) if (indexes.length > limit) places.delete(line);
  return places;
}

function longestMatch(
  left: readonly string[],
  right: readonly string[],
  places: ReadonlyMap<string, readonly number[]>,
  [leftFrom, leftTo, rightFrom, rightTo]: readonly [number, number, number, number],
): Match {
  let best: Match = { left: leftFrom, right: rightFrom, size: 0 };
  let lengths = new Map<number, number>();
  for (let index = leftFrom; index < leftTo; index += 1) {
    const next = new Map<number, number>();
    for (const place of places.get(left[index] ?? '') ?? []) {
      if (place < rightFrom) continue;
      if (place >= rightTo) break;
      const size = (lengths.get(place - 1) ?? 0) + 1;
      next.set(place, size);
      if (size > best.size) best = { left: index - size + 1, right: place - size + 1, size };
    }
    lengths = next;
  }
  return extended(left, right, best, [leftFrom, leftTo, rightFrom, rightTo]);
}

/** Popular lines next to a block belong to it. */
function extended(
  left: readonly string[],
  right: readonly string[],
  match: Match,
  [leftFrom, leftTo, rightFrom, rightTo]: readonly [number, number, number, number],
): Match {
  let { left: leftAt, right: rightAt, size } = match;
  while (leftAt > leftFrom && rightAt > rightFrom && left[leftAt - 1] === right[rightAt - 1]) {
    [leftAt, rightAt, size] = [leftAt - 1, rightAt - 1, size + 1];
  }
  while (leftAt + size < leftTo && rightAt + size < rightTo && left[leftAt + size] === right[rightAt + size]) size += 1;
  return { left: leftAt, right: rightAt, size };
}
