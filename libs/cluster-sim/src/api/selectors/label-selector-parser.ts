import { invalid } from '../validation/field-error.ts';
import { Path, root } from '../validation/path.ts';
import { labelValueFormat, qualifiedName } from '../validation/text-format.ts';
import type { LabelRequirement } from './label-selector.ts';

/** apimachinery/pkg/labels/selector.go Parser, with its words for what it does not understand. */

export class SelectorSyntaxError extends Error {}

const token = /\s*(==|!=|=|!|>|<|\(|\)|,|[^\s=!<>(),]+)/y;
const punctuation: ReadonlySet<string> = new Set(['=', '==', '!=', '!', '>', '<', '(', ')', ',', '']);
const operators = {
  '=': 'in',
  '==': 'in',
  '!=': 'notin',
  '>': 'greater',
  '<': 'less',
  in: 'in',
  notin: 'notin',
} as const;

/** A Go error about no field at all. */
const nowhere = new Path(undefined, '<nil>');

export class LabelSelectorParser {
  private readonly tokens: readonly string[];
  private at = 0;

  constructor(text: string) {
    this.tokens = [...tokensOf(text)];
  }

  parse(): readonly LabelRequirement[] {
    const requirements: LabelRequirement[] = [];
    while (this.next !== '') {
      if (this.next !== '!' && punctuation.has(this.next))
        this.fail(`found '${this.next}', expected: !, identifier, or 'end of string'`);
      requirements.push(this.requirement());
      const separator = this.take();
      if (separator === '') break;
      if (separator !== ',') this.fail(`found '${separator}', expected: ',' or 'end of string'`);
      if (this.next !== '!' && punctuation.has(this.next))
        this.fail(`found '${this.next}', expected: identifier after ','`);
    }
    return requirements;
  }

  private requirement(): LabelRequirement {
    const isAbsent = this.next === '!';
    if (isAbsent) this.take();
    const key = this.take();
    if (punctuation.has(key)) this.failRequirement(`found '${key}', expected: identifier`);
    const problems = qualifiedName(key);
    if (problems.length > 0) this.failRequirement(errorText(nowhere, key, problems));
    if (isAbsent) return { key, operator: 'absent', values: [] };
    if (this.next === '' || this.next === ',') return { key, operator: 'exists', values: [] };
    const sign = this.take();
    if (!Object.hasOwn(operators, sign))
      this.failRequirement(`found '${sign}', expected: in, notin, =, ==, !=, gt, lt`);
    const operator = operators[sign as keyof typeof operators];
    const values = sign === 'in' || sign === 'notin' ? this.valueSet() : [this.exactValue()];
    this.checkValues(key, operator, values);
    return { key, operator, values };
  }

  private exactValue(): string {
    if (this.next === '' || this.next === ',') return '';
    const value = this.take();
    if (punctuation.has(value)) this.failRequirement(`found '${value}', expected: identifier`);
    return value;
  }

  /** Sorted, each once. Empty places between commas are empty values. */
  private valueSet(): readonly string[] {
    const open = this.take();
    if (open !== '(') this.failRequirement(`found '${open}' expected: '('`);
    if (this.next !== ',' && this.next !== ')' && punctuation.has(this.next))
      this.failRequirement(`found '${this.next}', expected: ',', ')' or identifier`);
    const values = new Set<string>();
    let isOpen = true;
    while (isOpen) {
      values.add(this.listedValue());
      isOpen = this.take() === ',';
    }
    return [...values].sort();
  }

  /** What stands before the next comma or the end of the set. */
  private listedValue(): string {
    if (this.next === ',' || this.next === ')') return '';
    const value = this.take();
    if (punctuation.has(value)) this.failRequirement(`found '${value}', expected: ',', or identifier`);
    if (this.next !== ',' && this.next !== ')') this.failRequirement(`found '${this.next}', expected: ',' or ')'`);
    return value;
  }

  private checkValues(key: string, operator: LabelRequirement['operator'], values: readonly string[]): void {
    const errors = values.flatMap((value, index) => {
      const at = root.child('values').index(index);
      const isOrder = operator === 'greater' || operator === 'less';
      const notANumber =
        isOrder && !/^[-+]?[0-9]+$/.test(value)
          ? [errorText(at, value, ["for 'Gt', 'Lt' operators, the value must be an integer"])]
          : [];
      const problems = labelValueFormat(value);
      return problems.length > 0 ? [...notANumber, errorText(at.key(key), value, problems)] : notANumber;
    });
    if (errors.length === 1) this.failRequirement(errors[0] ?? '');
    if (errors.length > 1) this.failRequirement(`[${errors.join(', ')}]`);
  }

  /** '' at the end. */
  private get next(): string {
    return this.tokens[this.at] ?? '';
  }

  private take(): string {
    const taken = this.next;
    this.at += 1;
    return taken;
  }

  private failRequirement(why: string): never {
    this.fail(`unable to parse requirement: ${why}`);
  }

  private fail(why: string): never {
    throw new SelectorSyntaxError(why);
  }
}

function* tokensOf(text: string): Generator<string> {
  token.lastIndex = 0;
  for (let match = token.exec(text); match !== null; match = token.exec(text)) yield match[1] ?? '';
}

function errorText(at: Path, value: string, problems: readonly string[]): string {
  const { field, body } = invalid(at, value, problems.join('; '));
  return `${field}: ${body}`;
}
