import type { Duration } from '../engine/time.ts';

export type DurationResult =
  { readonly ok: true; readonly duration: Duration } | { readonly ok: false; readonly message: string };

const milliseconds: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/** What an int64 of nanoseconds holds. */
const longest: Duration = 2 ** 63 / 1e6;

/** Go's time.ParseDuration: "1h30m", "-1.5s". */
export function parseGoDuration(text: string): DurationResult {
  const failed = (words: string): DurationResult => ({ ok: false, message: `time: ${words} ${goTimeQuote(text)}` });
  const invalid = failed('invalid duration');
  const sign = text.startsWith('-') ? -1 : 1;
  let rest = text.replace(/^[+-]/, '');
  if (rest === '0') return { ok: true, duration: 0 };
  if (rest === '') return invalid;
  let total = 0;
  while (rest !== '') {
    const amount = /^(?:\d+\.?\d*|\.\d+)/.exec(rest)?.[0];
    if (amount === undefined) return invalid;
    const unit = /^[^.\d]*/.exec(rest.slice(amount.length))?.[0] ?? '';
    if (unit === '') return failed('missing unit in duration');
    const size = Object.hasOwn(milliseconds, unit) ? milliseconds[unit] : undefined;
    if (size === undefined) return failed(`unknown unit ${goTimeQuote(unit)} in duration`);
    total += Number(amount) * size;
    if (total >= longest) return invalid;
    rest = rest.slice(amount.length + unit.length);
  }
  return { ok: true, duration: sign * total };
}

/** The quotation marks of Go's package time: bytes beyond printable ASCII as \x. */
function goTimeQuote(text: string): string {
  let quoted = '';
  for (const character of text.replace(/\p{Surrogate}/gu, '\ufffd')) quoted += quotedCharacter(character);
  return `"${quoted}"`;
}

function quotedCharacter(character: string): string {
  if (character >= '\x80') return encodeURIComponent(character).replaceAll('%', '\\x').toLowerCase();
  if (character < ' ') return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
  return character === '"' || character === '\\' ? `\\${character}` : character;
}
