/** Completion indexes of an indexed Job, as rising intervals that neither meet nor overlap: indexed_job_utils.go orderedIntervals. */
export type IndexIntervals = readonly IndexInterval[];

interface IndexInterval {
  readonly first: number;
  readonly last: number;
}

/** "0,2-4"; what is no number is passed over, what lies beyond the completions is cut off. */
export function parseIndexes(text: string, completions: number): IndexIntervals {
  const intervals = text.split(',').flatMap((part) => {
    const [first = NaN, last = first] = part.split('-').map((limit) => Number.parseInt(limit, 10));
    if (Number.isNaN(first) || Number.isNaN(last) || first >= completions) return [];
    return [{ first, last: Math.min(last, completions - 1) }];
  });
  return united(intervals);
}

export function withIndexes(intervals: IndexIntervals, indexes: Iterable<number>): IndexIntervals {
  return united([...intervals, ...[...indexes].map((index) => ({ first: index, last: index }))]);
}

export function united(intervals: readonly IndexInterval[]): IndexIntervals {
  const result: IndexInterval[] = [];
  for (const interval of intervals.toSorted((left, right) => left.first - right.first)) {
    const before = result.at(-1);
    if (!before || interval.first > before.last + 1) result.push(interval);
    else if (interval.last > before.last) result[result.length - 1] = { first: before.first, last: interval.last };
  }
  return result;
}

export function indexCount(intervals: IndexIntervals): number {
  return intervals.reduce((sum, { first, last }) => sum + last - first + 1, 0);
}

export function hasIndex(intervals: IndexIntervals, index: number): boolean {
  return intervals.some(({ first, last }) => first <= index && index <= last);
}

/** How many indexes both have. */
export function sharedCount(left: IndexIntervals, right: IndexIntervals): number {
  let shared = 0;
  for (const one of left)
    for (const other of right)
      shared += Math.max(0, Math.min(one.last, other.last) - Math.max(one.first, other.first) + 1);
  return shared;
}

/** The lowest indexes that are in none of the intervals. */
export function missingIndexes(intervals: IndexIntervals, completions: number, count: number): readonly number[] {
  const missing: number[] = [];
  let candidate = 0;
  for (const { first, last } of [...intervals, { first: completions, last: completions }]) {
    for (; candidate < first && candidate < completions && missing.length < count; candidate += 1)
      missing.push(candidate);
    candidate = Math.max(candidate, last + 1);
  }
  return missing;
}

export function indexesText(intervals: IndexIntervals): string {
  return intervals
    .map(({ first, last }) => {
      if (first === last) return String(first);
      return last === first + 1 ? `${first},${last}` : `${first}-${last}`;
    })
    .join(',');
}
