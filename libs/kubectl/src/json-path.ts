import { goJson, goText, goType } from '@kubedrill/cluster-sim';
import type { Json } from '@kubedrill/kube-model';
import { isJsonObject } from '@kubedrill/kube-model';
import { goIndentedJson, memberNames } from './go-syntax.ts';
import { parseTemplate } from './json-path-syntax.ts';
import type { Step, TemplateNode } from './json-path-syntax.ts';

export interface JsonPathOptions {
  /** --allow-missing-template-keys. */
  readonly allowMissing: boolean;
  /** Each expression's results as a list of JSON. */
  readonly asJson: boolean;
}

/** A path that leads out of a list, or to what is not there. */
export class JsonPathError extends Error {}

/** client-go/util/jsonpath: the template is text with expressions in braces. */
export function evaluateJsonPath(template: string, data: Json, options: JsonPathOptions): string {
  return findResults(parseTemplate(template), data, options.allowMissing)
    .map((results) => (options.asJson ? `${goIndentedJson(results)}\n` : results.map(resultText).join(' ')))
    .join('');
}

/** What each text and expression of a template finds. */
export function findResults(
  nodes: readonly TemplateNode[],
  data: Json,
  allowMissing: boolean,
): readonly (readonly Json[])[] {
  return new Evaluation(nodes, allowMissing).find(0, data);
}

function resultText(value: Json): string {
  if (value === null) return 'null';
  return Array.isArray(value) || isJsonObject(value) ? goJson(value) : goText(value);
}

type Slice = Extract<Step, { kind: 'slice' }>;
type Filter = Extract<Step, { kind: 'filter' }>;

/** Undefined where a range has nothing to go through, and is walked to find its end. */
type Value = Json | undefined;

class Evaluation {
  private readonly nodes: readonly TemplateNode[];
  private readonly allowMissing: boolean;
  private begun = 0;
  private depth = 0;
  private ended = 0;
  private lastEnd = -1;

  constructor(nodes: readonly TemplateNode[], allowMissing: boolean) {
    this.nodes = nodes;
    this.allowMissing = allowMissing;
  }

  /** FindResults: a range goes through the nodes behind it once for each of its elements. */
  find(start: number, data: Value): readonly (readonly Json[])[] {
    const all: (readonly Json[])[] = [];
    for (let at = start; at < this.nodes.length; at += 1) {
      const node = this.nodes[at];
      if (!node) break;
      const results = node.kind === 'text' ? [node.text] : this.walk([data], node.steps);
      if (this.ended > 0 && this.ended <= this.depth) {
        this.ended -= 1;
        this.lastEnd = at;
        break;
      }
      if (this.begun === 0) {
        all.push(results.filter((result) => result !== undefined));
        continue;
      }
      this.begun -= 1;
      this.depth += 1;
      if (results.length === 0) this.find(at + 1, undefined);
      for (const result of results) all.push(...this.find(at + 1, result));
      this.depth -= 1;
      if (this.lastEnd > at) at = this.lastEnd;
    }
    return all;
  }

  private walk(start: readonly Value[], steps: readonly Step[]): readonly Value[] {
    let values = start;
    for (const step of steps) values = this.advance(values, step);
    return values;
  }

  private advance(values: readonly Value[], step: Step): readonly Value[] {
    switch (step.kind) {
      case 'text':
        return [step.text];
      case 'number':
      case 'bool':
        return values.map(() => step.value);
      case 'field':
        return this.fields(values, step.name);
      case 'identifier':
        return this.identifier(values, step.name);
      case 'wildcard':
        return values.flatMap(membersOf);
      case 'descent':
        return values.flatMap(descendants);
      case 'slice':
        return values.flatMap((value) => elementsOf(value, step));
      case 'union':
        return step.members.flatMap((member) => this.walk(values, member));
      case 'filter':
        return values.flatMap((value) => this.filtered(value, step));
    }
  }

  private fields(values: readonly Value[], name: string): readonly Value[] {
    const found = values.flatMap((value) =>
      isJsonObject(value) && Object.hasOwn(value, name) && value[name] !== undefined ? [value[name]] : [],
    );
    if (found.length === 0 && values.length > 0 && !this.allowMissing) throw new JsonPathError(`${name} is not found`);
    return found;
  }

  private identifier(values: readonly Value[], name: string): readonly Value[] {
    if (name === 'range') {
      this.begun += 1;
      return values;
    }
    if (name !== 'end') throw new JsonPathError(`unrecognized identifier ${name}`);
    if (this.depth === 0) throw new JsonPathError('not in range, nothing to end');
    this.ended += 1;
    return [];
  }

  private filtered(list: Value, filter: Filter): readonly Value[] {
    if (!Array.isArray(list))
      throw new JsonPathError(
        `${list === undefined ? '<invalid reflect.Value>' : goText(list)} is not array or slice and cannot be filtered`,
      );
    return (list as readonly Json[]).filter((element) => this.passes(element, filter));
  }

  private passes(element: Json, { left, operator, right }: Filter): boolean {
    if (operator === 'exists') return this.exists(element, left);
    const one = only(this.walk([element], left));
    const other = one === undefined ? undefined : only(this.walk([element], right));
    return one !== undefined && other !== undefined && compare(one, operator, other);
  }

  private exists(element: Json, steps: readonly Step[]): boolean {
    try {
      return this.walk([element], steps).length > 0;
    } catch (error) {
      if (error instanceof JsonPathError) return false;
      throw error;
    }
  }
}

function only(values: readonly Value[]): Value {
  if (values.length > 1) throw new JsonPathError('can only compare one element at a time');
  return values[0];
}

/** Go goes through a map in no order; here it is that of the names. */
function membersOf(value: Value): readonly Json[] {
  if (Array.isArray(value)) return value as readonly Json[];
  return isJsonObject(value) ? memberNames(value).map((name) => value[name] ?? null) : [];
}

/** What holds something, and all below it that does. */
function descendants(value: Value): readonly Json[] {
  const members = membersOf(value);
  if (members.length === 0 || value === undefined) return [];
  return [value, ...members.flatMap(descendants)];
}

function elementsOf(list: Value, { from, to, step, isIndex }: Slice): readonly Json[] {
  if (list === null || list === undefined) return [];
  if (!Array.isArray(list)) throw new JsonPathError(`${goType(list)} is not array or slice`);
  const { length } = list;
  let first = from ?? 0;
  if (first < 0) first += length;
  let end = to ?? length;
  if (end < 0 || (end === 0 && isIndex)) end += length;
  if (first === end) return [];
  const outside = (index: number): JsonPathError =>
    new JsonPathError(`array index out of bounds: index ${index}, length ${length}`);
  if (first >= length || first < 0) throw outside(first);
  if (end > length || end < 0) throw outside(end - 1);
  if (first > end) throw new JsonPathError(`starting index ${first} is greater than ending index ${end}`);
  if (step !== undefined && step <= 0) throw new JsonPathError('step must be > 0');
  return (list as readonly Json[]).slice(first, end).filter((_, index) => index % (step ?? 1) === 0);
}

const operators: ReadonlySet<string> = new Set(['==', '!=', '<', '<=', '>', '>=']);

/** client-go/third_party/forked/golang/template/funcs.go. */
function compare(left: Json, operator: string, right: Json): boolean {
  if (!operators.has(operator)) throw new JsonPathError(`unrecognized filter operator ${operator}`);
  const [kind, other] = [comparedType(left), comparedType(right)];
  if (kind !== other) throw new JsonPathError('incompatible types for comparison');
  if (operator === '==') return left === right;
  if (operator === '!=') return left !== right;
  if (kind === 'bool') throw new JsonPathError('invalid type for comparison');
  const order = left === right ? 0 : (left as string) < (right as string) ? -1 : 1;
  return operator === '<' ? order < 0 : operator === '<=' ? order <= 0 : operator === '>' ? order > 0 : order >= 0;
}

function comparedType(value: Json): string {
  if (value === null || typeof value === 'object') throw new JsonPathError('invalid type for comparison');
  return goType(value);
}
