import type { Duration, Instant } from '../engine/time.ts';

/** A place's local time, as its offset from UTC at each moment. */
export interface TimeZone {
  offsetAt(instant: Instant): Duration;
}

export const utc: TimeZone = { offsetAt: () => 0 };

/** Names that Intl knows and the IANA database does not: aliases of ICU's own. */
const notInDatabase =
  /^(SystemV\/.*|ACT|AET|AGT|ART|AST|BET|BST|CAT|CNT|CST|CTT|EAT|ECT|IET|IST|JST|MIT|NET|NST|PLT|PNT|PRT|PST|SST|VST)$/;
/** What Go's names of files are, and Intl's are not, told apart by: every part begins with a capital letter. */
const nameOfFile = /^[A-Z][^/]*(\/[A-Z][^/]*)*$/;

const known = new Map<string, TimeZone | undefined>([
  ['', utc],
  ['UTC', utc],
  // The API server's and the controllers' own zone.
  ['Local', utc],
]);
const maxKnown = 1000;

/** Go's time.LoadLocation: undefined where it gives an error. */
export function findTimeZone(name: string): TimeZone | undefined {
  if (known.has(name)) return known.get(name);
  const zone = nameOfFile.test(name) && !notInDatabase.test(name) ? intlTimeZone(name) : undefined;
  if (known.size < maxKnown) known.set(name, zone);
  return zone;
}

/** The text of LoadLocation's error. */
export function unknownTimeZone(name: string): string {
  const isPath = /(^|\/)\.\.(\/|$)|^[/\\]/.test(name);
  return isPath ? 'time: invalid location name' : `unknown time zone ${name}`;
}

function intlTimeZone(name: string): TimeZone | undefined {
  try {
    const format = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' });
    const { timeZone } = format.resolvedOptions();
    // Files have names of one spelling.
    if (timeZone !== name && timeZone.toLowerCase() === name.toLowerCase()) return undefined;
    return { offsetAt: (instant) => offsetIn(format, instant) };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const offsetText = /^GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/;

function offsetIn(format: Intl.DateTimeFormat, instant: Instant): Duration {
  const text = format.formatToParts(instant).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const match = offsetText.exec(text);
  if (!match) throw new Error(`Intl writes an offset as ${text}`);
  const [, sign, hours = '0', minutes = '0', seconds = '0'] = match;
  const size = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
  return sign === '-' ? -size : size;
}
