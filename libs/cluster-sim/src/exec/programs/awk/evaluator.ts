import type { Budget } from '../../program.ts';
import { compileExpression } from '../../regular-expression.ts';
import { functions } from './functions.ts';
import { AwkMemory } from './memory.ts';
import type { Expression, Rule, Statement } from './syntax.ts';
import { AwkSyntaxError } from './tokens.ts';
import { compareValues, formatValues, isTrue, numberOf, textOf, type Value } from './values.ts';

/** Why execution leaves the statements that it stands in. */
type Departure = 'next' | 'break' | 'continue' | 'exit' | 'limited';

const maxOutput = 262_144;

/** Runs the rules over the records. */
export class AwkEvaluator {
  readonly memory = new AwkMemory();
  output = '';
  status = 0;
  departure: Departure | undefined;
  private readonly rules: readonly Rule[];
  private readonly budget: Budget;
  private readonly openRanges = new Set<Rule>();

  constructor(rules: readonly Rule[], budget: Budget) {
    this.rules = rules;
    this.budget = budget;
  }

  run(lines: readonly string[]): void {
    this.runRules('BEGIN');
    const readsInput = this.rules.some(({ when }) => when !== 'BEGIN');
    if (readsInput && !this.departure) this.runLines(lines);
    if (this.departure === 'exit') this.departure = undefined;
    if (!this.departure) this.runRules('END');
  }

  private runRules(when: 'BEGIN' | 'END'): void {
    for (const rule of this.rules) {
      if (rule.when !== when || !rule.body) continue;
      this.execute(rule.body);
      if (this.departure) return;
    }
  }

  private runLines(lines: readonly string[]): void {
    for (const [index, line] of lines.entries()) {
      this.memory.set('NR', index + 1);
      this.memory.set('FNR', index + 1);
      this.memory.setRecord(line);
      for (const rule of this.rules) {
        if (!this.applies(rule)) continue;
        if (rule.body) this.execute(rule.body);
        else this.print([]);
        if (this.departure) break;
      }
      if (this.departure === 'next') this.departure = undefined;
      if (this.departure) return;
    }
  }

  private applies(rule: Rule): boolean {
    const { when } = rule;
    if (when === 'always') return true;
    if (typeof when === 'string') return false;
    if (!when.to) return isTrue(this.value(when.from));
    if (!this.openRanges.has(rule)) {
      if (!isTrue(this.value(when.from))) return false;
      this.openRanges.add(rule);
    }
    if (isTrue(this.value(when.to))) this.openRanges.delete(rule);
    return true;
  }

  private execute(statement: Statement): void {
    this.budget.steps -= 1;
    if (this.budget.steps < 0 || this.output.length > maxOutput) this.departure = 'limited';
    if (this.departure) return;
    switch (statement.kind) {
      case 'block':
        for (const inner of statement.body) this.execute(inner);
        return;
      case 'print':
        return this.print(statement.args);
      case 'printf': {
        const [format, ...values] = statement.args;
        if (format)
          this.output += formatValues(
            textOf(this.value(format)),
            values.map((each) => this.value(each)),
          );
        return;
      }
      case 'expression':
        this.value(statement.expression);
        return;
      case 'if':
        if (isTrue(this.value(statement.test))) this.execute(statement.yes);
        else if (statement.no) this.execute(statement.no);
        return;
      case 'loop':
        return this.loop(statement);
      case 'forIn':
        for (const key of [...this.memory.array(statement.name).keys()]) {
          this.memory.set(statement.variable, { input: key });
          this.execute(statement.body);
          if (this.leavesLoop()) return;
        }
        return;
      case 'delete':
        if (statement.index) this.memory.array(statement.name).delete(this.key(statement.index));
        else this.memory.array(statement.name).clear();
        return;
      case 'exit':
        if (statement.status) this.status = numberOf(this.value(statement.status)) & 255;
        this.departure = 'exit';
        return;
      case 'next':
      case 'break':
      case 'continue':
        this.departure = statement.kind;
    }
  }

  private loop({ start, test, step, body, bodyFirst }: Statement & { kind: 'loop' }): void {
    if (start) this.execute(start);
    for (let round = 0; !this.departure; round += 1) {
      if (test && !(bodyFirst && round === 0) && !isTrue(this.value(test))) return;
      this.execute(body);
      if (this.leavesLoop()) return;
      if (step) this.execute(step);
      // A loop without statements takes steps too.
      this.budget.steps -= 1;
    }
  }

  private leavesLoop(): boolean {
    const { departure } = this;
    if (departure === 'break' || departure === 'continue') this.departure = undefined;
    return departure !== undefined && departure !== 'continue';
  }

  private print(args: readonly Expression[]): void {
    const values = args.length > 0 ? args.map((each) => textOf(this.value(each))) : [textOf(this.memory.field(0))];
    this.output += values.join(textOf(this.memory.get('OFS'))) + textOf(this.memory.get('ORS'));
  }

  private value(expression: Expression): Value {
    switch (expression.kind) {
      case 'number':
      case 'text':
        return expression.value;
      case 'pattern':
        return this.matches(textOf(this.memory.field(0)), expression.source);
      case 'variable':
        return this.memory.get(expression.name);
      case 'field':
        return this.memory.field(Math.trunc(numberOf(this.value(expression.index))));
      case 'element':
        return this.element(expression.name, this.key(expression.index));
      case 'assign':
        return this.assigned(expression);
      case 'increment': {
        const before = numberOf(this.value(expression.target));
        this.assign(expression.target, before + expression.by);
        return expression.isPrefix ? before + expression.by : before;
      }
      case 'unary': {
        const operand = this.value(expression.operand);
        if (expression.operator === '!') return isTrue(operand) ? 0 : 1;
        return expression.operator === '-' ? -numberOf(operand) : numberOf(operand);
      }
      case 'binary':
        return this.binary(expression);
      case 'condition':
        return this.value(isTrue(this.value(expression.test)) ? expression.yes : expression.no);
      case 'in':
        return this.memory.array(expression.name).has(this.key(expression.index)) ? 1 : 0;
      case 'call':
        return this.call(expression.name, expression.args);
    }
  }

  /** Looking at an element makes it. */
  private element(name: string, key: string): Value {
    const array = this.memory.array(name);
    if (!array.has(key)) this.memory.setElement(name, key, { input: '' });
    return array.get(key) ?? { input: '' };
  }

  private key(index: readonly Expression[]): string {
    return index.map((each) => textOf(this.value(each))).join(textOf(this.memory.get('SUBSEP')));
  }

  private assigned({ target, operator, value }: Expression & { kind: 'assign' }): Value {
    const right = this.value(value);
    const result = operator === '' ? right : arithmetic(operator, numberOf(this.value(target)), numberOf(right));
    this.assign(target, result);
    return result;
  }

  private assign(target: Expression | undefined, value: Value): void {
    switch (target?.kind) {
      case 'variable':
        return this.memory.set(target.name, value);
      case 'field':
        return this.memory.setField(Math.trunc(numberOf(this.value(target.index))), value);
      case 'element':
        return this.memory.setElement(target.name, this.key(target.index), value);
      default:
        throw new AwkSyntaxError();
    }
  }

  private binary({ operator, left, right }: Expression & { kind: 'binary' }): Value {
    switch (operator) {
      case '&&':
        return isTrue(this.value(left)) && isTrue(this.value(right)) ? 1 : 0;
      case '||':
        return isTrue(this.value(left)) || isTrue(this.value(right)) ? 1 : 0;
      case '~':
        return this.matches(textOf(this.value(left)), this.pattern(right));
      case '!~':
        return 1 - this.matches(textOf(this.value(left)), this.pattern(right));
      case 'join':
        return (textOf(this.value(left)) + textOf(this.value(right))).slice(0, maxOutput);
      case '<':
      case '<=':
      case '==':
      case '!=':
      case '>':
      case '>=':
        return holds(operator, compareValues(this.value(left), this.value(right))) ? 1 : 0;
      default:
        return arithmetic(operator, numberOf(this.value(left)), numberOf(this.value(right)));
    }
  }

  private matches(text: string, source: string): 0 | 1 {
    return compileExpression(source, 'extended', false)(text, 0) ? 1 : 0;
  }

  private pattern(expression: Expression | undefined): string {
    if (!expression) return '';
    return expression.kind === 'pattern' ? expression.source : textOf(this.value(expression));
  }

  private call(name: string, args: readonly Expression[]): Value {
    const called = functions.get(name);
    if (!called) throw new AwkSyntaxError();
    return called({
      memory: this.memory,
      args,
      value: (expression) => (expression ? this.value(expression) : ''),
      pattern: (expression) => this.pattern(expression),
      assign: (target, value) => this.assign(target, value),
    });
  }
}

export class DivisionByZero extends Error {}

function arithmetic(operator: string, left: number, right: number): number {
  if ((operator === '/' || operator === '%') && right === 0) throw new DivisionByZero();
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '%':
      return left % right;
    default:
      return left ** right;
  }
}

function holds(operator: '<' | '<=' | '==' | '!=' | '>' | '>=', order: number): boolean {
  switch (operator) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '==':
      return order === 0;
    case '!=':
      return order !== 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}
