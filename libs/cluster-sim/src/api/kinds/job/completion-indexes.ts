import { goQuote } from '../../validation/go-quote.ts';

export type IndexCount =
  { readonly ok: true; readonly count: number } | { readonly ok: false; readonly message: string };

interface Interval {
  readonly first: number;
  readonly last: number;
}

/** validateIndexesFormat of pkg/apis/batch/validation/validation.go: "1,3-5" in rising order, all below `completions`. */
export function countIndexes(text: string, completions: number): IndexCount {
  if (text === '') return { ok: true, count: 0 };
  let count = 0;
  let previous: number | undefined;
  for (const fragment of text.split(',')) {
    const interval = parseInterval(fragment, completions);
    if (typeof interval === 'string') return { ok: false, message: interval };
    if (previous !== undefined && previous >= interval.first)
      return { ok: false, message: notRising(previous, interval.first) };
    count += interval.last - interval.first + 1;
    previous = interval.last;
  }
  return { ok: true, count };
}

function notRising(previous: number, current: number): string {
  return `non-increasing order, previous: ${previous}, current: ${current}`;
}

/** The interval, or what is wrong with it. */
function parseInterval(fragment: string, completions: number): Interval | string {
  const limits = fragment.split('-');
  if (limits.length > 2)
    return `the fragment ${goQuote(fragment)} violates the requirement that an index interval can have at most two parts separated by '-'`;
  for (const limit of limits) {
    if (!/^\+?\d+$/.test(limit)) return `cannot convert string to integer for index: ${goQuote(limit)}`;
    if (Number(limit) >= completions) return `too large index: ${goQuote(limit)}`;
  }
  const [first, last] = [Number(limits[0]), Number(limits.at(-1))];
  return limits.length === 2 && first >= last ? notRising(first, last) : { first, last };
}
