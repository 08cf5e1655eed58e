import { EVENT_ID, parseEvents, SCALAR_STYLE, YAMLException } from 'js-yaml';
import type { Event, ScalarEvent } from 'js-yaml';
import { PaddedText } from './flow-indentation.ts';
import { ManifestProblem } from './manifest-problem.ts';
import { adviceFor } from './syntax-advice.ts';
import { checkTabs } from './tab-indentation.ts';

/** The events of one document, and the text that their offsets count in. */
export interface EventStream {
  readonly text: string;
  readonly events: readonly Event[];
  /** From an offset in `text` to the one in the text that was given. */
  originalOffset(offset: number): number;
}

/** go-yaml's reader refuses these anywhere in a document, comments included (readerc.go). */
const FORBIDDEN = /[\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x84\x86-\x9F\uFFFE\uFFFF]/;

/** Undefined for a text without a node. Throws ManifestProblem. */
export function readEvents(text: string, maxDepth: number): EventStream | undefined {
  const forbidden = FORBIDDEN.exec(text);
  if (forbidden !== null) throw controlCharacter(forbidden);
  const padded = new PaddedText(text);
  const events = tokenize(padded, maxDepth);
  if (events.length < 3) return undefined;
  if (text.includes('\t')) checkTabs(padded, events);
  return { text: padded.text, events, originalOffset: (offset) => padded.originalOffset(offset) };
}

/** One level more than allowed, so that the budget can say where it ends; a key counts as a level to the tokenizer. */
function tokenize(padded: PaddedText, maxDepth: number): Event[] {
  for (;;) {
    try {
      return parseEvents(padded.text, { maxDepth: maxDepth + 2 });
    } catch (error) {
      if (!(error instanceof YAMLException)) throw error;
      const offset = error.mark?.position ?? 0;
      if (error.reason === 'deficient indentation' && padded.padLineOf(offset)) continue;
      throw syntaxProblem(error.reason, padded, offset);
    }
  }
}

function syntaxProblem(reasonOfParser: string, padded: PaddedText, position: number): ManifestProblem {
  // At the end of the text the last character written is the better place to look at.
  const offset = padded.originalOffset(Math.min(position, Math.max(0, padded.text.trimEnd().length - 1)));
  if (reasonOfParser.startsWith('nesting exceeded')) {
    return new ManifestProblem('tooDeep', 'nested too deep', 'no Kubernetes object needs that depth', offset);
  }
  const { reason, mend } = adviceFor(reasonOfParser);
  return new ManifestProblem('syntax', reason, mend, offset);
}

function controlCharacter(match: RegExpExecArray): ManifestProblem {
  const code = match[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  return new ManifestProblem(
    'syntax',
    'control characters are not allowed',
    `take out the invisible character U+${code}, or write it as an escape in double quotes`,
    match.index,
  );
}

/** Where a node starts, its tag or anchor included; undefined for a node that is not written (an empty value). */
export function nodeOffset(event: Event): number | undefined {
  switch (event.type) {
    case EVENT_ID.ALIAS:
      return event.anchorStart - 1;
    case EVENT_ID.SCALAR:
      return firstOf(event.tagStart, event.anchorStart - 1, quoteStart(event));
    case EVENT_ID.MAPPING:
    case EVENT_ID.SEQUENCE:
      return firstOf(event.tagStart, event.anchorStart - 1, event.start);
    default:
      return undefined;
  }
}

function quoteStart(event: ScalarEvent): number {
  const quoted = event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED;
  return quoted ? event.valueStart - 1 : event.valueStart;
}

/** Absent positions are -1, less one for what is in front of them. */
function firstOf(...offsets: readonly number[]): number | undefined {
  const present = offsets.filter((offset) => offset >= 0);
  return present.length === 0 ? undefined : Math.min(...present);
}
