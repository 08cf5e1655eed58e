import { differenceOf } from './line-difference.ts';

const context = 3;

/** The hunks of `diff -u`; '' where the texts are the same. Both end with a line end, or are empty. */
export function unifiedHunks(before: string, after: string): string {
  if (before === after) return '';
  return hunksOf(editScript(linesOf(before), linesOf(after)));
}

type Edit = { readonly sign: ' ' | '-' | '+'; readonly text: string; readonly before: number; readonly after: number };

function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}

/** Each line with the number of lines above it in both texts. */
function editScript(before: readonly string[], after: readonly string[]): readonly Edit[] {
  const { removed, added } = differenceOf(before, after);
  const edits: Edit[] = [];
  let [left, right] = [0, 0];
  while (left < before.length || right < after.length) {
    const place = { before: left, after: right };
    if (removed[left] === true) edits.push({ sign: '-', text: before[left] ?? '', ...place });
    else if (added[right] === true) edits.push({ sign: '+', text: after[right] ?? '', ...place });
    else edits.push({ sign: ' ', text: before[left] ?? '', ...place });
    const { sign } = edits.at(-1) ?? { sign: ' ' };
    if (sign !== '+') left += 1;
    if (sign !== '-') right += 1;
  }
  return edits;
}

function hunksOf(edits: readonly Edit[]): string {
  const changes = edits.flatMap(({ sign }, index) => (sign === ' ' ? [] : [index]));
  let text = '';
  for (let at = 0; at < changes.length;) {
    const first = changes[at] ?? 0;
    let last = first;
    while (at < changes.length && (changes[at] ?? 0) - last <= 2 * context + 1) {
      last = changes[at] ?? 0;
      at += 1;
    }
    text += hunk(edits.slice(Math.max(0, first - context), last + context + 1));
  }
  return text;
}

function hunk(edits: readonly Edit[]): string {
  const [first] = edits;
  const removed = edits.filter(({ sign }) => sign !== '+').length;
  const added = edits.filter(({ sign }) => sign !== '-').length;
  const head = `@@ -${range(first?.before ?? 0, removed)} +${range(first?.after ?? 0, added)} @@\n`;
  return head + edits.map(({ sign, text }) => `${sign}${text}\n`).join('');
}

function range(above: number, length: number): string {
  if (length === 1) return String(above + 1);
  return `${length === 0 ? above : above + 1},${length}`;
}
