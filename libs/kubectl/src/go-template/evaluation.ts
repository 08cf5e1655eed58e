import { goText, goType } from '@kubedrill/cluster-sim';
import { isJsonObject, type Json } from '@kubedrill/kube-model';
import { memberNames } from '../go-syntax.ts';
import { argumentCountFault, callFunction, FunctionError, isTrue, type Value } from './functions.ts';
import {
  lineOf,
  templateName,
  type Body,
  type Command,
  type Operand,
  type Pipe,
  type Place,
  type Template,
} from './syntax.ts';

/** A template that cannot be carried out to its end, and what it had written until then. */
export class TemplateError extends Error {
  readonly written: string;

  constructor(message: string, written: string) {
    super(message);
    this.written = written;
  }
}

/** text/template/exec.go. */
export function executeTemplate(template: Template, data: Json, allowMissing: boolean): string {
  return new Execution(template, allowMissing).run(data);
}

interface Variable {
  readonly name: string;
  value: Value;
}

type Departure = 'break' | 'continue' | undefined;

/** Templates may call each other so deep, and write so many characters. */
const maxDepth = 100;
const maxOutput = 1_048_576;

/** How much of a node a message shows. */
const shownLength = 20;

class Execution {
  private readonly template: Template;
  private readonly allowMissing: boolean;
  private output = '';
  private variables: Variable[] = [];
  private depth = 0;
  private name = templateName;

  constructor(template: Template, allowMissing: boolean) {
    this.template = template;
    this.allowMissing = allowMissing;
  }

  run(data: Value): string {
    this.variables = [{ name: '$', value: data }];
    this.walk(this.template.body, data);
    return this.output;
  }

  private write(text: string): void {
    if (this.output.length + text.length > maxOutput) throw new TemplateError('the output is too long', this.output);
    this.output += text;
  }

  private fault(reason: string, { offset, text }: Place): TemplateError {
    const { source } = this.template;
    const column = offset - (source.lastIndexOf('\n', offset - 1) + 1);
    const shown = text.length > shownLength ? `${text.slice(0, shownLength)}...` : text;
    return new TemplateError(
      `template: ${templateName}:${lineOf(source, offset)}:${column}: executing "${this.name}" at <${shown}>: ${reason}`,
      this.output,
    );
  }

  private walk(body: Body, dot: Value): Departure {
    for (const node of body) {
      switch (node.kind) {
        case 'text':
          this.write(node.text);
          break;
        case 'action': {
          const value = this.pipe(node.pipe, dot);
          if (node.pipe.variables.length === 0)
            this.write(value === undefined || value === null ? '<no value>' : goText(value));
          break;
        }
        case 'if':
        case 'with': {
          const departure = this.scoped(() => {
            const value = this.pipe(node.pipe, dot);
            return isTrue(value)
              ? this.walk(node.body, node.kind === 'with' ? value : dot)
              : this.walk(node.otherwise, dot);
          });
          if (departure) return departure;
          break;
        }
        case 'range':
          this.scoped(() => this.range(node, dot));
          break;
        case 'template':
          this.call(node.name, node.pipe && this.pipe(node.pipe, dot), node.place);
          break;
        case 'break':
        case 'continue':
          return node.kind;
      }
    }
    return undefined;
  }

  /** What is declared inside is forgotten behind it. */
  private scoped(run: () => Departure): Departure {
    const known = this.variables.length;
    const departure = run();
    this.variables.length = known;
    return departure;
  }

  private range(node: { readonly pipe: Pipe; readonly body: Body; readonly otherwise: Body }, dot: Value): Departure {
    const { pipe } = node;
    const value = this.pipe({ ...pipe, variables: [] }, dot);
    const entries = this.entriesOf(value, pipe.place);
    if (entries.length === 0) return this.walk(node.otherwise, dot);
    for (const [key, element] of entries) {
      const known = this.variables.length;
      const [first, second] = pipe.variables;
      const bind = (name: string, bound: Value): void => {
        if (pipe.isAssignment) this.assign(name, bound);
        else this.variables.push({ name, value: bound });
      };
      if (first !== undefined) bind(first, second === undefined ? element : key);
      if (second !== undefined) bind(second, element);
      const departure = this.walk(node.body, element);
      this.variables.length = known;
      if (departure === 'break') break;
    }
    return undefined;
  }

  private entriesOf(value: Value, place: Place): readonly (readonly [Value, Value])[] {
    if (Array.isArray(value)) return (value as readonly Json[]).map((element, at) => [at, element] as const);
    if (isJsonObject(value)) return memberNames(value).map((name) => [name, value[name]] as const);
    if (typeof value === 'number' && Number.isInteger(value))
      return Array.from({ length: Math.max(0, Math.min(value, maxOutput)) }, (_, at) => [at, at] as const);
    if (value === undefined || value === null) return [];
    throw this.fault(`range can't iterate over ${goText(value)}`, place);
  }

  private call(name: string, value: Value, place: Place): void {
    const body = this.template.defined.get(name);
    if (!body) throw this.fault(`template ${JSON.stringify(name)} not defined`, place);
    this.depth += 1;
    if (this.depth > maxDepth) throw this.fault(`exceeded maximum template depth (${maxDepth})`, place);
    const outer = { variables: this.variables, name: this.name };
    this.variables = [{ name: '$', value }];
    this.name = name;
    this.walk(body, value);
    ({ variables: this.variables, name: this.name } = outer);
    this.depth -= 1;
  }

  private assign(name: string, value: Value): void {
    const variable = this.variables.findLast((known) => known.name === name);
    if (variable) variable.value = value;
  }

  private pipe({ variables, isAssignment, commands }: Pipe, dot: Value): Value {
    let value: Value;
    commands.forEach((command, at) => {
      value = this.command(command, dot, at === 0 ? [] : [value]);
    });
    for (const name of variables) {
      if (isAssignment) this.assign(name, value);
      else this.variables.push({ name, value });
    }
    return value;
  }

  private command({ operands, place }: Command, dot: Value, piped: readonly Value[]): Value {
    const [first, ...rest] = operands;
    if (!first) return undefined;
    if (first.kind === 'function') return this.invoke(first.name, rest, piped, dot, place);
    if (rest.length > 0 || piped.length > 0) {
      if (first.kind === 'fields' || first.kind === 'variable')
        throw this.fault(`${first.place.text} is not a method but has arguments`, first.place);
      throw this.fault(`can't give argument to non-function ${first.place.text}`, place);
    }
    return this.operand(first, dot);
  }

  private invoke(name: string, operands: readonly Operand[], piped: readonly Value[], dot: Value, place: Place): Value {
    if (name === 'and' || name === 'or') return this.shortCircuit(name, operands, piped, dot, place);
    const values = [...operands.map((operand) => this.operand(operand, dot)), ...piped];
    const fault = argumentCountFault(name, values.length);
    if (fault !== undefined) throw this.fault(fault, place);
    try {
      return callFunction(name, values);
    } catch (error) {
      if (error instanceof FunctionError) throw this.fault(`error calling ${name}: ${error.message}`, place);
      throw error;
    }
  }

  private shortCircuit(
    name: 'and' | 'or',
    operands: readonly Operand[],
    piped: readonly Value[],
    dot: Value,
    place: Place,
  ): Value {
    if (operands.length + piped.length === 0)
      throw this.fault(`wrong number of args for ${name}: want at least 1 got 0`, place);
    let value: Value;
    for (const operand of operands) {
      value = this.operand(operand, dot);
      if (isTrue(value) === (name === 'or')) return value;
    }
    return piped.length > 0 ? piped[0] : value;
  }

  private operand(operand: Operand, dot: Value): Value {
    switch (operand.kind) {
      case 'literal':
        return operand.value;
      case 'nil':
        return null;
      case 'dot':
        return dot;
      case 'function':
        return this.invoke(operand.name, [], [], dot, operand.place);
      case 'fields':
        return this.fields(dot, operand.names, operand.place);
      case 'variable':
        return this.fields(
          this.variables.findLast(({ name }) => name === operand.name)?.value,
          operand.names,
          operand.place,
        );
      case 'group':
        return this.fields(this.pipe(operand.pipe, dot), operand.names, operand.place);
    }
  }

  private fields(start: Value, names: readonly string[], place: Place): Value {
    let value = start;
    for (const name of names) {
      if (value === undefined && this.allowMissing) continue;
      if (value === undefined) throw this.fault(`nil data; no entry for key ${JSON.stringify(name)}`, place);
      if (value === null) throw this.fault(`nil pointer evaluating interface {}.${name}`, place);
      if (!isJsonObject(value)) {
        const type = value === start && names[0] === name ? goType(value) : 'interface {}';
        throw this.fault(`can't evaluate field ${name} in type ${type}`, place);
      }
      const next: Value = Object.hasOwn(value, name) ? value[name] : undefined;
      if (next === undefined && !this.allowMissing)
        throw this.fault(`map has no entry for key ${JSON.stringify(name)}`, place);
      value = next;
    }
    return value;
  }
}
