import { compileExpression } from '../../regular-expression.ts';
import { textOf, type Value } from './values.ts';

const maxElements = 20_000;
const maxFields = 4_096;

/** Variables, arrays and the current record with its fields. */
export class AwkMemory {
  readonly arrays = new Map<string, Map<string, Value>>();
  private readonly variables = new Map<string, Value>([
    ['FS', ' '],
    ['OFS', ' '],
    ['ORS', '\n'],
    ['SUBSEP', '\x1c'],
    ['NR', 0],
    ['FNR', 0],
    ['NF', 0],
  ]);
  private record = '';
  private fields: Value[] = [];

  get(name: string): Value {
    return this.variables.get(name) ?? { input: '' };
  }

  set(name: string, value: Value): void {
    this.variables.set(name, value);
    if (name !== 'NF') return;
    const count = Math.min(Math.max(Math.trunc(Number(textOf(value)) || 0), 0), maxFields);
    while (this.fields.length < count) this.fields.push('');
    this.fields.length = count;
    this.joinFields();
  }

  array(name: string): Map<string, Value> {
    const known = this.arrays.get(name);
    if (known) return known;
    const array = new Map<string, Value>();
    this.arrays.set(name, array);
    return array;
  }

  setElement(name: string, key: string, value: Value): void {
    const array = this.array(name);
    if (array.has(key) || array.size < maxElements) array.set(key, value);
  }

  setRecord(line: string): void {
    this.record = line;
    this.fields = splitText(line, textOf(this.get('FS'))).map((input) => ({ input }));
    this.variables.set('NF', this.fields.length);
  }

  field(index: number): Value {
    return index === 0 ? { input: this.record } : (this.fields[index - 1] ?? { input: '' });
  }

  setField(index: number, value: Value): void {
    if (index === 0) return this.setRecord(textOf(value));
    if (index < 1 || index > maxFields) return undefined;
    while (this.fields.length < index) this.fields.push('');
    this.fields[index - 1] = value;
    this.variables.set('NF', this.fields.length);
    return this.joinFields();
  }

  private joinFields(): void {
    this.record = this.fields.map(textOf).join(textOf(this.get('OFS')));
  }
}

/** By blanks, by one character, or by a regular expression. */
export function splitText(text: string, separator: string): string[] {
  if (text === '') return [];
  if (separator === ' ') return text.trim() === '' ? [] : text.trim().split(/\s+/);
  if (separator === '') return [...text];
  if (separator.length === 1 && separator !== '|') return text.split(separator);
  const search = compileExpression(separator, 'extended', false);
  const fields: string[] = [];
  let from = 0;
  for (let match = search(text, from); match && match.end > match.start; match = search(text, from)) {
    fields.push(text.slice(from, match.start));
    from = match.end;
    if (fields.length >= maxFields) break;
  }
  return [...fields, text.slice(from)];
}
