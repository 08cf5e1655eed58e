/** metav1.Time and MicroTime: RFC 3339 in, UTC out; a Time loses its fraction, a MicroTime keeps six digits. */

const layout = '2006-01-02T15:04:05Z07:00';
const shape = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:[.,](\d+))?(Z|[+-]\d{2}:\d{2})$/;

export type TimeResult =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly message: string };

export function parseTime(text: string, withMicroseconds: boolean): TimeResult {
  const match = shape.exec(text);
  const instant = match ? Date.parse(text.replace(',', '.')) : NaN;
  if (!match || Number.isNaN(instant)) return { ok: false, message: failure(text) };
  const whole = new Date(instant).toISOString().slice(0, 19);
  const fraction = (match[7] ?? '').padEnd(6, '0').slice(0, 6);
  return { ok: true, text: withMicroseconds ? `${whole}.${fraction}Z` : `${whole}Z` };
}

/** Where Go's time.Parse gives up: at the element of the layout that the rest of the text doesn't fit. */
function failure(text: string): string {
  const elements: readonly (readonly [string, RegExp])[] = [
    ['2006', /^\d{4}/],
    ['-', /^-/],
    ['01', /^\d{2}/],
    ['-', /^-/],
    ['02', /^\d{2}/],
    ['T', /^T/],
    ['15', /^\d{2}/],
    [':', /^:/],
    ['04', /^\d{2}/],
    [':', /^:/],
    ['05', /^\d{2}(?:[.,]\d+)?/],
    ['Z07:00', /^(?:Z|[+-]\d{2}:\d{2})/],
  ];
  let rest = text;
  for (const [element, pattern] of elements) {
    const found = pattern.exec(rest)?.[0];
    if (found === undefined)
      return `parsing time ${JSON.stringify(text)} as "${layout}": cannot parse ${JSON.stringify(rest)} as "${element}"`;
    rest = rest.slice(found.length);
  }
  return rest === ''
    ? `parsing time ${JSON.stringify(text)}: ${outOfRange(text)} out of range`
    : `parsing time ${JSON.stringify(text)}: extra text: ${JSON.stringify(rest)}`;
}

function outOfRange(text: string): string {
  const [, , month = '', , hour = '', minute = '', second = ''] = shape.exec(text) ?? [];
  if (Number(month) < 1 || Number(month) > 12) return 'month';
  if (Number(hour) > 23) return 'hour';
  if (Number(minute) > 59) return 'minute';
  return Number(second) > 59 ? 'second' : 'day';
}
