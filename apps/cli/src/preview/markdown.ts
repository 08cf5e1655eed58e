/** Markdown as briefs are written, as HTML: headings, paragraphs, lists, tables, code, emphasis, links. Everything else stays text. */
export function markdownToHtml(markdown: string): string {
  const lines = markdown.replace(/\r\n/g, '\n').split('\n');
  const html: string[] = [];
  for (let at = 0; at < lines.length;) {
    const block = blockAt(lines, at);
    html.push(block.html);
    at += Math.max(1, block.lines);
  }
  return html.filter((part) => part !== '').join('\n');
}

interface Block {
  readonly html: string;
  /** How many lines it takes. */
  readonly lines: number;
}

function blockAt(lines: readonly string[], at: number): Block {
  const line = lines[at] ?? '';
  if (line.trim() === '') return { html: '', lines: 1 };
  if (line.startsWith('```')) return fence(lines, at);
  const [, marks, title] = /^(#{1,6})\s+(.*)$/.exec(line) ?? [];
  if (marks !== undefined) return { html: `<h${marks.length}>${inline(title ?? '')}</h${marks.length}>`, lines: 1 };
  for (const { tag, mark } of lists) {
    const items = itemsFrom(lines, at, mark);
    if (items.texts.length === 0) continue;
    return {
      html: `<${tag}>${items.texts.map((text) => `<li>${inline(text)}</li>`).join('')}</${tag}>`,
      lines: items.lines,
    };
  }
  const rows = linesWhile(lines, at, (text) => text.startsWith('|'));
  if (rows.length > 0) return { html: table(rows), lines: rows.length };
  const text = linesWhile(
    lines,
    at,
    (next, index) => next.trim() !== '' && (index === 0 || !/^(#|```|[-*] |\d+\. |\|)/.test(next)),
  );
  return { html: `<p>${inline(text.join(' '))}</p>`, lines: text.length };
}

const lists = [
  { tag: 'ul', mark: /^[-*]\s+/ },
  { tag: 'ol', mark: /^\d+\.\s+/ },
] as const;

/** An item goes on in lines that are indented. */
function itemsFrom(
  lines: readonly string[],
  at: number,
  mark: RegExp,
): { readonly texts: readonly string[]; readonly lines: number } {
  const texts: string[] = [];
  let end = at;
  for (; end < lines.length; end += 1) {
    const line = lines[end] ?? '';
    const last = texts.length - 1;
    if (mark.test(line)) texts.push(line.replace(mark, ''));
    else if (last >= 0 && /^\s+\S/.test(line)) texts[last] = `${texts[last] ?? ''} ${line.trim()}`;
    else break;
  }
  return { texts, lines: end - at };
}

function fence(lines: readonly string[], at: number): Block {
  const end = lines.findIndex((line, index) => index > at && line.startsWith('```'));
  const body = lines.slice(at + 1, end < 0 ? lines.length : end);
  return { html: `<pre><code>${escaped(body.join('\n'))}</code></pre>`, lines: body.length + 2 };
}

function linesWhile(
  lines: readonly string[],
  at: number,
  holds: (line: string, index: number) => boolean,
): readonly string[] {
  const rest = lines.slice(at);
  const end = rest.findIndex((line, index) => !holds(line, index));
  return end < 0 ? rest : rest.slice(0, end);
}

function table(rows: readonly string[]): string {
  const cells = rows.map((row) =>
    row
      .replace(/^\||\|\s*$/g, '')
      .split('|')
      .map((cell) => inline(cell.trim())),
  );
  const body = cells.filter((_, index) => !/^[|\s:-]+$/.test(rows[index] ?? ''));
  return `<table>${body.map((row, index) => rowHtml(row, index === 0 ? 'th' : 'td')).join('')}</table>`;
}

const rowHtml = (cells: readonly string[], tag: string): string =>
  `<tr>${cells.map((cell) => `<${tag}>${cell}</${tag}>`).join('')}</tr>`;

function inline(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part, index) => (index % 2 === 1 ? `<code>${escaped(part.slice(1, -1))}</code>` : emphasised(escaped(part))))
    .join('');
}

/** Links lead nowhere in a preview: where to, is said beside them. */
function emphasised(html: string): string {
  return html
    .replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>')
    .replace(/(?<![\w*])\*([^*\s][^*]*)\*/g, '<em>$1</em>')
    .replace(/\[([^\]]+)\]\(([^)\s]+)\)/g, '<a title="$2">$1</a>');
}

export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
