import { absolutePath } from '../file-system.ts';
import { fail, succeed } from '../program.ts';
import type { ExecEnvironment, Program } from '../program.ts';

const binaryOperators = new Set(['=', '==', '!=', '<', '>', '-eq', '-ne', '-lt', '-le', '-gt', '-ge']);
const maxDepth = 20;

class TestError extends Error {}

/** test EXPRESSION and [ EXPRESSION ]. */
export function test(name: 'test' | '['): Program {
  return {
    name,
    run(argv, _stdin, environment) {
      const operands = argv.slice(1);
      if (name === '[' && operands.pop() !== ']') return fail(2, `[: missing ]\n`);
      if (operands.length === 0) return fail(1, '');
      try {
        const evaluation = new Evaluation(operands, environment);
        return { ...succeed(), exitCode: evaluation.evaluate() ? 0 : 1 };
      } catch (error) {
        if (error instanceof TestError) return fail(2, `${argv[0] ?? name}: ${error.message}\n`);
        throw error;
      }
    },
  };
}

class Evaluation {
  private readonly operands: readonly string[];
  private readonly environment: ExecEnvironment;
  private index = 0;
  private depth = 0;

  constructor(operands: readonly string[], environment: ExecEnvironment) {
    this.operands = operands;
    this.environment = environment;
  }

  evaluate(): boolean {
    const value = this.or();
    if (this.index < this.operands.length) throw new TestError(`${this.operands[this.index] ?? ''}: unknown operand`);
    return value;
  }

  private or(): boolean {
    this.depth += 1;
    if (this.depth > maxDepth) throw new TestError('argument list too long');
    let value = this.and();
    while (this.operands[this.index] === '-o') {
      this.index += 1;
      value = this.and() || value;
    }
    this.depth -= 1;
    return value;
  }

  private and(): boolean {
    let value = this.negation();
    while (this.operands[this.index] === '-a') {
      this.index += 1;
      value = this.negation() && value;
    }
    return value;
  }

  private negation(): boolean {
    let negated = false;
    while (this.operands[this.index] === '!' && this.index + 1 < this.operands.length) {
      negated = !negated;
      this.index += 1;
    }
    return this.primary() !== negated;
  }

  private primary(): boolean {
    const [first = '', second, third] = this.operands.slice(this.index, this.index + 3);
    if (second !== undefined && binaryOperators.has(second)) {
      if (third === undefined) throw new TestError(`${second}: argument expected`);
      this.index += 3;
      return compare(first, second, third);
    }
    if (first === '(') {
      this.index += 1;
      const value = this.or();
      this.index += 1;
      return value;
    }
    if (/^-[a-zA-Z]$/.test(first) && second !== undefined) {
      this.index += 2;
      return this.unary(first, second);
    }
    this.index += 1;
    return first !== '';
  }

  private unary(operator: string, operand: string): boolean {
    const { files, workingDirectory } = this.environment;
    const path = absolutePath(operand, workingDirectory);
    switch (operator) {
      case '-z':
        return operand === '';
      case '-n':
        return operand !== '';
      case '-e':
      case '-r':
      case '-w':
        return files.exists(path);
      case '-f':
        return files.isFile(path);
      case '-d':
        return files.isDirectory(path);
      case '-x':
        return files.isDirectory(path) || this.environment.programs.has(path.slice(path.lastIndexOf('/') + 1));
      case '-s':
        return files.isFile(path) && files.read(path) !== '';
      case '-t':
      case '-L':
      case '-h':
      case '-S':
        return false;
      default:
        throw new TestError(`${operator}: unknown operand`);
    }
  }
}

function compare(left: string, operator: string, right: string): boolean {
  if (operator === '=' || operator === '==') return left === right;
  if (operator === '!=') return left !== right;
  if (operator === '<') return left < right;
  if (operator === '>') return left > right;
  const [first, second] = [integer(left), integer(right)];
  switch (operator) {
    case '-eq':
      return first === second;
    case '-ne':
      return first !== second;
    case '-lt':
      return first < second;
    case '-le':
      return first <= second;
    case '-gt':
      return first > second;
    default:
      return first >= second;
  }
}

function integer(text: string): number {
  if (!/^\s*[-+]?\d{1,15}\s*$/.test(text)) throw new TestError(`bad number '${text}'`);
  return Number(text);
}
