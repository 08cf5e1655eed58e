import { goQuote, goText, goType, utf8 } from '@kubedrill/cluster-sim';
import type { Json } from '@kubedrill/kube-model';

type Value = Json | undefined;

/** fmt.Sprint: a blank between two neighbours of which none is a text. */
export function goPrint(values: readonly Value[]): string {
  return values
    .map((value, at) => {
      const before = values[at - 1];
      const isApart = at > 0 && typeof value !== 'string' && typeof before !== 'string';
      return (isApart ? ' ' : '') + goText(value);
    })
    .join('');
}

/** The widest that a value may be padded to. */
const maxWidth = 10_000;

/** fmt.Sprintf, as far as decoded JSON goes. */
export function goPrintf(format: string, values: readonly Value[]): string {
  let used = 0;
  const text = format.replace(
    /%([-+# 0]*)(\d*)(?:\.(\d*))?([a-zA-Z%]|$)/g,
    (_whole: string, flags: string, width: string, precision: string | undefined, verb: string): string => {
      if (verb === '%') return '%';
      if (verb === '') return '%!(NOVERB)';
      if (used >= values.length) return `%!${verb}(MISSING)`;
      const value = values[used];
      used += 1;
      return padded(formatted(verb, value, flags, precision), flags, Math.min(Number(width), maxWidth), value);
    },
  );
  const extra = values.slice(used).map((value) => `${goType(value)}=${goText(value)}`);
  return extra.length > 0 ? `${text}%!(EXTRA ${extra.join(', ')})` : text;
}

function padded(text: string, flags: string, width: number, value: Value): string {
  if (flags.includes('-')) return text.padEnd(width);
  if (!flags.includes('0') || typeof value !== 'number') return text.padStart(width);
  return text.startsWith('-') ? `-${text.slice(1).padStart(width - 1, '0')}` : text.padStart(width, '0');
}

function formatted(verb: string, value: Value, flags: string, precision: string | undefined): string {
  const sign = flags.includes('+') && typeof value === 'number' && value >= 0 ? '+' : '';
  const isWhole = typeof value === 'number' && Number.isInteger(value);
  switch (verb) {
    case 'v':
      return sign + goText(value);
    case 's':
      if (typeof value !== 'number' && typeof value !== 'boolean')
        return precision === undefined ? goText(value) : goText(value).slice(0, Number(precision));
      break;
    case 'q':
      if (typeof value === 'string') return goQuote(value);
      break;
    case 'd':
      if (isWhole) return sign + goText(value);
      break;
    case 'x':
    case 'X': {
      const text = hexadecimal(value);
      if (text !== undefined) return verb === 'X' ? text.toUpperCase() : text;
      break;
    }
    case 'f':
      if (typeof value === 'number' && !isWhole) return sign + value.toFixed(Number(precision ?? '6'));
      break;
    case 't':
      if (typeof value === 'boolean') return String(value);
      break;
    case 'T':
      return goType(value);
  }
  return `%!${verb}(${goType(value)}=${goText(value)})`;
}

function hexadecimal(value: Value): string | undefined {
  if (typeof value === 'number' && Number.isInteger(value)) return value.toString(16);
  if (typeof value !== 'string') return undefined;
  return Array.from(utf8(value))
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}
