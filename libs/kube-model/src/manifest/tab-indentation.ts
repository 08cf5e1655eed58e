import { COLLECTION_STYLE, EVENT_ID } from 'js-yaml';
import type { Event } from 'js-yaml';
import type { PaddedText } from './flow-indentation.ts';
import { ManifestProblem } from './manifest-problem.ts';
import { adviceFor } from './syntax-advice.ts';

/**
 * go-yaml refuses a tab where a block key or dash may start (scannerc.go, yaml_parser_scan_to_next_token): in the
 * indentation of a line and behind a dash. YAML 1.2 is milder there, and so is the tokenizer, hence this check of a text
 * that has tabs. Tabs inside scalars and brackets are fine.
 */
export function checkTabs(padded: PaddedText, events: readonly Event[]): void {
  const allowed = tabRanges(events);
  let range = 0;
  for (const match of padded.text.matchAll(/(?:^|\n)[ \t]*(?:- *)*\t/g)) {
    const tab = match.index + match[0].length - 1;
    while (range < allowed.length && (allowed[range]?.end ?? 0) <= tab) range++;
    const inside = allowed[range];
    if (inside !== undefined && inside.start <= tab) continue;
    const { reason, mend } = adviceFor('tab characters must not be used');
    throw new ManifestProblem('syntax', reason, mend, padded.originalOffset(tab));
  }
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** Scalars and outermost flow collections, in the order of the text. A flow collection lasts until the next node outside. */
function tabRanges(events: readonly Event[]): readonly Range[] {
  const ranges: Range[] = [];
  const open: boolean[] = [];
  let flowStart: number | undefined;
  let lastEnd = 0;
  for (const event of events) {
    switch (event.type) {
      case EVENT_ID.MAPPING:
      case EVENT_ID.SEQUENCE:
        if (event.style === COLLECTION_STYLE.FLOW) flowStart ??= event.start;
        open.push(event.style === COLLECTION_STYLE.FLOW);
        break;
      case EVENT_ID.SCALAR:
        lastEnd = Math.max(lastEnd, event.valueEnd);
        if (flowStart === undefined && event.valueEnd > 0)
          ranges.push({ start: event.valueStart, end: event.valueEnd });
        break;
      case EVENT_ID.POP:
        if (open.pop() === true && open.at(-1) !== true && flowStart !== undefined) {
          ranges.push({ start: flowStart, end: lastEnd + 1 });
          flowStart = undefined;
        }
        break;
      default:
        break;
    }
  }
  return ranges;
}
