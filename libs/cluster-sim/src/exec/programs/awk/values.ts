/** A value of awk: a number, a text, or text from outside, which counts as a number where it looks like one. */
export type Value = number | string | { readonly input: string };

export function textOf(value: Value): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'number') return value.input;
  if (Number.isInteger(value)) return Math.abs(value) < 1e16 ? String(value) : value.toPrecision(6);
  return shortest(value, 6);
}

export function numberOf(value: Value): number {
  if (typeof value === 'number') return value;
  const match = /^\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)/.exec(typeof value === 'string' ? value : value.input);
  return match ? Number(match[1]) : 0;
}

export function isTrue(value: Value): boolean {
  if (typeof value === 'number') return value !== 0;
  if (typeof value === 'string') return value !== '';
  return looksNumeric(value.input) ? numberOf(value) !== 0 : value.input !== '';
}

/** As numbers where both are numbers or look like them, else as texts. */
export function compareValues(left: Value, right: Value): number {
  if (isNumeric(left) && isNumeric(right)) return numberOf(left) - numberOf(right);
  const [first, second] = [textOf(left), textOf(right)];
  return first < second ? -1 : first > second ? 1 : 0;
}

function isNumeric(value: Value): boolean {
  return typeof value === 'number' || (typeof value !== 'string' && looksNumeric(value.input));
}

function looksNumeric(text: string): boolean {
  return text === '' || /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/.test(text);
}

/** %g. */
export function shortest(value: number, digits: number): string {
  if (!Number.isFinite(value)) return String(value).toLowerCase().replace('infinity', 'inf');
  const precise = value.toPrecision(Math.max(digits, 1));
  const [mantissa = '', exponent] = precise.split('e');
  const bare = mantissa.includes('.') ? mantissa.replace(/\.?0+$/, '') : mantissa;
  if (exponent === undefined) return bare;
  return `${bare}e${exponent.startsWith('-') ? '-' : '+'}${exponent.replace(/^[+-]/, '').padStart(2, '0')}`;
}

const maxWidth = 1_024;

/** sprintf(3) with awk's values. */
export function formatValues(format: string, values: readonly Value[]): string {
  let used = 0;
  return format.replace(
    /%%|%([-+ 0#]*)(\*|\d*)(?:\.(\*|\d+))?([diouxXeEfFgGcs])/g,
    (
      whole,
      flags: string | undefined,
      width: string | undefined,
      precision: string | undefined,
      conversion: string,
    ) => {
      if (whole === '%%') return '%';
      const next = (): Value => {
        used += 1;
        return values[used - 1] ?? '';
      };
      const wide = Math.min(Number(width === '*' ? numberOf(next()) : width || 0), maxWidth);
      const exact = precision === undefined ? undefined : Number(precision === '*' ? numberOf(next()) : precision);
      const text = converted(conversion, next(), flags ?? '', exact === undefined ? undefined : Math.min(exact, 100));
      if (flags?.includes('-')) return text.padEnd(wide);
      if (!flags?.includes('0') || conversion === 's' || conversion === 'c') return text.padStart(wide);
      const sign = /^[+-]/.exec(text)?.[0] ?? '';
      return sign + text.slice(sign.length).padStart(wide - sign.length, '0');
    },
  );
}

function converted(conversion: string, value: Value, flags: string, precision: number | undefined): string {
  if (conversion === 's') return textOf(value).slice(0, precision);
  if (conversion === 'c') return typeof value === 'number' ? String.fromCharCode(value) : textOf(value).slice(0, 1);
  const number = numberOf(value);
  const plus = flags.includes('+') && number >= 0 ? '+' : '';
  switch (conversion) {
    case 'e':
    case 'E':
      return plus + number.toExponential(precision ?? 6).replace(/e([+-])(\d)$/, 'e$10$2');
    case 'f':
    case 'F':
      return plus + number.toFixed(precision ?? 6);
    case 'g':
    case 'G':
      return plus + shortest(number, precision ?? 6);
    case 'o':
      return Math.trunc(number).toString(8);
    case 'x':
      return Math.trunc(number).toString(16);
    case 'X':
      return Math.trunc(number).toString(16).toUpperCase();
    default:
      return plus + String(Math.trunc(number));
  }
}
