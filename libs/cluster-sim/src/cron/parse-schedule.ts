import { goQuote } from '../api/validation/go-quote.ts';
import { parseGoDuration } from './go-duration.ts';
import { constantDelay, fieldSchedule, type FieldValues, type Schedule } from './schedule.ts';
import { findTimeZone, unknownTimeZone, utc, type TimeZone } from './time-zone.ts';

export type ScheduleResult =
  { readonly ok: true; readonly schedule: Schedule } | { readonly ok: false; readonly message: string };

/** What robfig/cron says of a text that is no schedule. */
class ScheduleFault extends Error {}

/** ParseStandard of github.com/robfig/cron/v3: five fields, or a descriptor; "TZ=<zone> " may stand before them. */
export function parseSchedule(text: string): ScheduleResult {
  try {
    return { ok: true, schedule: readSchedule(text) };
  } catch (fault) {
    if (fault instanceof ScheduleFault) return { ok: false, message: fault.message };
    throw fault;
  }
}

function readSchedule(text: string): Schedule {
  if (text === '') throw new ScheduleFault('empty spec string');
  if (!/^(CRON_)?TZ=/.test(text)) return readFields(text, utc);
  const end = text.indexOf(' ');
  // Go's parser panics, and its caller says what of.
  if (end < 0) throw new ScheduleFault('invalid schedule format: runtime error: slice bounds out of range [:-1]');
  const name = text.slice(text.indexOf('=') + 1, end);
  const zone = findTimeZone(name);
  if (!zone) throw new ScheduleFault(`provided bad location ${name}: ${unknownTimeZone(name)}`);
  return readFields(text.slice(end).trim(), zone);
}

interface Bounds {
  readonly min: number;
  readonly max: number;
  /** Three letters each; the first stands for `min`. */
  readonly names: readonly string[];
}

const minutes: Bounds = { min: 0, max: 59, names: [] };
const hours: Bounds = { min: 0, max: 23, names: [] };
const daysOfMonth: Bounds = { min: 1, max: 31, names: [] };
const months: Bounds = { min: 1, max: 12, names: 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ') };
const daysOfWeek: Bounds = { min: 0, max: 6, names: 'sun mon tue wed thu fri sat'.split(' ') };

const descriptors: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

const every = '@every ';

function readFields(text: string, zone: TimeZone): Schedule {
  if (text.startsWith(every)) {
    const parsed = parseGoDuration(text.slice(every.length));
    if (!parsed.ok) throw new ScheduleFault(`failed to parse duration ${text}: ${parsed.message}`);
    return constantDelay(parsed.duration);
  }
  const meant = Object.hasOwn(descriptors, text) ? (descriptors[text] ?? '') : text;
  if (meant.startsWith('@')) throw new ScheduleFault(`unrecognized descriptor: ${text}`);
  const fields = meant.split(/\s+/).filter((field) => field !== '');
  const [minute, hour, dayOfMonth, month, dayOfWeek] = fields;
  if (fields.length !== 5 || !minute || !hour || !dayOfMonth || !month || !dayOfWeek)
    throw new ScheduleFault(`expected exactly 5 fields, found ${fields.length}: [${fields.join(' ')}]`);
  const read = {
    minute: readField(minute, minutes),
    hour: readField(hour, hours),
    dayOfMonth: readField(dayOfMonth, daysOfMonth),
    month: readField(month, months),
    dayOfWeek: readField(dayOfWeek, daysOfWeek),
  };
  return fieldSchedule(read, zone);
}

/** A list of ranges. */
function readField(text: string, bounds: Bounds): FieldValues {
  const values = new Set<number>();
  let isAny = false;
  for (const part of text.split(',')) {
    if (part === '') continue;
    const range = readRange(part, bounds);
    isAny ||= range.isAny;
    for (let value = range.first; value <= range.last; value += range.step) values.add(value);
  }
  return { values, isAny };
}

interface Range {
  readonly first: number;
  readonly last: number;
  readonly step: number;
  readonly isAny: boolean;
}

/** getRange: `*`, `5`, `1-5`, each with a step; a step behind a single number means from there to the end. */
function readRange(text: string, bounds: Bounds): Range {
  const [limits = '', stepText, ...more] = text.split('/');
  const [low = '', high, ...others] = limits.split('-');
  const isStar = low === '*' || low === '?';
  const first = isStar ? bounds.min : readNumberOrName(low, bounds);
  let last = first;
  if (isStar) last = bounds.max;
  else if (others.length > 0) throw new ScheduleFault(`too many hyphens: ${text}`);
  else if (high !== undefined) last = readNumberOrName(high, bounds);
  if (more.length > 0) throw new ScheduleFault(`too many slashes: ${text}`);
  const step = stepText === undefined ? 1 : readNumber(stepText);
  if (stepText !== undefined && high === undefined) last = bounds.max;
  const range: Range = { first, last, step, isAny: isStar && step <= 1 };
  checkRange(range, bounds, text);
  return range;
}

function checkRange({ first, last, step }: Range, { min, max }: Bounds, text: string): void {
  if (first < min) throw new ScheduleFault(`beginning of range (${first}) below minimum (${min}): ${text}`);
  if (last > max) throw new ScheduleFault(`end of range (${last}) above maximum (${max}): ${text}`);
  if (first > last) throw new ScheduleFault(`beginning of range (${first}) beyond end of range (${last}): ${text}`);
  if (step === 0) throw new ScheduleFault(`step of range should be a positive number: ${text}`);
}

function readNumberOrName(text: string, { names, min }: Bounds): number {
  const index = names.indexOf(text.toLowerCase());
  return index < 0 ? readNumber(text) : min + index;
}

const largest = 2n ** 63n;
/** More digits than any number has that Atoi takes. */
const tooLong = 20;

/** strconv.Atoi. */
function readNumber(text: string): number {
  const failed = (why: string): ScheduleFault =>
    new ScheduleFault(`failed to parse int from ${text}: strconv.Atoi: parsing ${goQuote(text)}: ${why}`);
  const [, sign, digits] = /^([+-]?)0*(\d+)$/.exec(text) ?? [];
  if (sign === undefined || digits === undefined) throw failed('invalid syntax');
  const size = digits.length >= tooLong ? largest + 1n : BigInt(digits);
  if (size > largest || (size === largest && sign !== '-')) throw failed('value out of range');
  if (sign === '-' && size > 0n) throw new ScheduleFault(`negative number (-${size}) not allowed: ${text}`);
  return Number(size);
}
