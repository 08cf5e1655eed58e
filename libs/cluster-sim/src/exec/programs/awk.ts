import { compileExpression } from '../regular-expression.ts';
import { linesOf } from '../text.ts';
import { textFilter } from '../text-filter.ts';

/** awk [-F S] '[/PATTERN/] {print $N, "text", $M}': the one form that everybody uses; other programs are refused. */
export const awk = textFilter({
  name: 'awk',
  short: 'F:v:',
  leadingOperands: () => 1,
  missingFileCode: 2,
  filter({ options, operands, texts }) {
    const program =
      /^\s*(?:\/((?:[^/\\]|\\.)*)\/|NR\s*(==|>|<|>=|<=)\s*(\d{1,6}))?\s*(?:\{\s*print\s*([^{}]*?);?\s*\})?\s*$/.exec(
        operands[0] ?? '',
      );
    const items = program && parseItems(program[4] ?? '');
    if (!program || !items) return { stdout: '', stderr: `awk: cmd. line:1: Unexpected token\n`, exitCode: 1 };
    const [, pattern, operator, number] = program;
    const search = pattern === undefined ? undefined : compileExpression(pattern, 'extended', false);
    let stdout = '';
    texts
      .flatMap(({ text }) => linesOf(text))
      .forEach((line, index) => {
        if (search && !search(line, 0)) return;
        if (operator !== undefined && !compare(index + 1, operator, Number(number))) return;
        stdout += `${printed(items, line, fieldsOf(line, options.last('F')), index + 1)}\n`;
      });
    return { stdout };
  },
});

/** A comma is a space, nothing is concatenation. */
function parseItems(text: string): string[] | undefined {
  const items = text.match(/\$\(?NF(-\d)?\)?|\$\d{1,3}|NR|NF|"(?:[^"\\]|\\.)*"|,|\d{1,9}/g) ?? [];
  return items.join('').length === text.replace(/\s+(?=(?:[^"]*"[^"]*")*[^"]*$)/g, '').length ? items : undefined;
}

function fieldsOf(line: string, separator: string | undefined): string[] {
  if (separator === undefined || separator === ' ') return line.trim().split(/\s+/);
  if (separator.length === 1) return line.split(separator);
  return splitBy(line, separator);
}

function splitBy(line: string, separator: string): string[] {
  const search = compileExpression(separator, 'extended', false);
  const fields: string[] = [];
  let from = 0;
  for (let match = search(line, from); match && match.end > match.start; match = search(line, from)) {
    fields.push(line.slice(from, match.start));
    from = match.end;
  }
  return [...fields, line.slice(from)];
}

function printed(items: readonly string[], line: string, fields: readonly string[], number: number): string {
  if (items.length === 0) return line;
  return items.map((item) => valueOf(item, line, fields, number)).join('');
}

function valueOf(item: string, line: string, fields: readonly string[], number: number): string {
  if (item === ',') return ' ';
  if (item === 'NR') return String(number);
  if (item === 'NF') return String(fields.length);
  if (item.startsWith('"'))
    return item.slice(1, -1).replaceAll('\\n', '\n').replaceAll('\\t', '\t').replaceAll('\\"', '"');
  if (!item.startsWith('$')) return item;
  if (item === '$0') return line;
  if (item.includes('NF')) return fields[fields.length - 1 - Number(/-(\d)/.exec(item)?.[1] ?? 0)] ?? '';
  return fields[Number(item.slice(1)) - 1] ?? '';
}

function compare(left: number, operator: string, right: number): boolean {
  if (operator === '==') return left === right;
  if (operator === '>') return left > right;
  if (operator === '<') return left < right;
  return operator === '>=' ? left >= right : left <= right;
}
