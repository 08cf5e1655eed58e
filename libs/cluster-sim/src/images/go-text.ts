import type { Instant } from '../engine/time.ts';

/** encoding/json's Marshal: characters that HTML gives a meaning to are written as escapes; keys of maps are sorted by the caller. */
export function goJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A line of package log: date and time in front. */
export function goLogLine(now: Instant, text: string): string {
  const iso = new Date(now).toISOString();
  return `${iso.slice(0, 10).replaceAll('-', '/')} ${iso.slice(11, 19)} ${text}\n`;
}

/** time.Time's String() of a container in UTC, that long after its process has started. */
export function goTime(now: Instant, started: Instant): string {
  const [date = '', time = ''] = new Date(now).toISOString().slice(0, -1).split('T');
  return `${date} ${time}000000 +0000 UTC m=+${((now - started) / 1_000).toFixed(9)}`;
}

const units: ReadonlyMap<string, number> = new Map([
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
  ['ms', 1],
  ['us', 0.001],
  ['ns', 0.000001],
]);

/** time.ParseDuration in milliseconds; undefined for what it refuses. */
export function parseGoDuration(text: string): number | undefined {
  if (text === '0') return 0;
  if (!/^(?:\d{1,9}(?:\.\d{1,9})?(?:h|ms|m|s|us|ns))+$/.test(text)) return undefined;
  let sum = 0;
  for (const [, amount = '', unit = ''] of text.matchAll(/([\d.]+)(h|ms|m|s|us|ns)/g))
    sum += Number(amount) * (units.get(unit) ?? 0);
  return sum;
}

/** time.Duration's String() of whole milliseconds. */
export function goDuration(milliseconds: number): string {
  if (milliseconds === 0) return '0s';
  if (milliseconds < 1_000) return `${milliseconds}ms`;
  const hours = Math.floor(milliseconds / 3_600_000);
  const minutes = Math.floor(milliseconds / 60_000) % 60;
  const seconds = (milliseconds % 60_000) / 1_000;
  return `${hours > 0 ? `${hours}h` : ''}${hours > 0 || minutes > 0 ? `${minutes}m` : ''}${seconds}s`;
}
