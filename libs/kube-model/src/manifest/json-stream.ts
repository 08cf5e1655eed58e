import type { Json } from '../json.ts';
import type { NodeBudget } from './node-budget.ts';

/** The first JSON value of the text from `start` on: its value, and where it ends. */
export type JsonReading =
  | { readonly kind: 'value'; readonly value: Json; readonly start: number; readonly end: number }
  | { readonly kind: 'end' }
  | { readonly kind: 'notJson' };

/**
 * Reads one value of a stream of JSON objects as encoding/json's Decoder does; values need no separator. Bounds are checked
 * before anything is built.
 */
export function readJson(text: string, start: number, budget: NodeBudget): JsonReading {
  const from = skipSpace(text, start);
  if (from === text.length) return { kind: 'end' };
  const end = valueEnd(text, from, budget);
  if (end === undefined) return { kind: 'notJson' };
  try {
    return { kind: 'value', value: JSON.parse(text.slice(from, end)) as Json, start: from, end };
  } catch {
    return { kind: 'notJson' };
  }
}

const SPACE = /[^ \t\r\n]/g;

export function skipSpace(text: string, from: number): number {
  SPACE.lastIndex = from;
  return SPACE.exec(text)?.index ?? text.length;
}

const STRUCTURE = /["{}[\],]/g;
const STRING_END = /[^"\\]*(?:\\[^][^"\\]*)*"/y;

/** Where the object or list at `from` closes; undefined where it is none or does not close. */
function valueEnd(text: string, from: number, budget: NodeBudget): number | undefined {
  if (text[from] !== '{' && text[from] !== '[') return undefined;
  let depth = 0;
  STRUCTURE.lastIndex = from;
  for (let match = STRUCTURE.exec(text); match !== null; match = STRUCTURE.exec(text)) {
    switch (match[0]) {
      case '"': {
        STRING_END.lastIndex = STRUCTURE.lastIndex;
        if (!STRING_END.test(text)) return undefined;
        STRUCTURE.lastIndex = STRING_END.lastIndex;
        break;
      }
      case '{':
      case '[':
        budget.enter(++depth, match.index);
        budget.spend(1, match.index);
        break;
      case ',':
        budget.spend(2, match.index);
        break;
      default:
        if (--depth === 0) return match.index + 1;
    }
  }
  return undefined;
}
