import type { Json } from '@kubedrill/kube-model';
import { isJsonObject } from '@kubedrill/kube-model';
import { parseTemplate } from './json-path-syntax.ts';
import type { PathNode, Step } from './json-path-syntax.ts';

/** client-go/util/jsonpath: the template is text with expressions in braces. */
export function evaluateJsonPath(template: string, data: Json): string {
  return write(parseTemplate(template), data, data);
}

/** A path whose fields do not exist, where --allow-missing-template-keys is off or a list index is out of range. */
export class JsonPathError extends Error {}

function write(nodes: readonly PathNode[], root: Json, current: Json): string {
  let text = '';
  for (const node of nodes) {
    switch (node.kind) {
      case 'text':
        text += node.text;
        break;
      case 'path':
        text += select(node.steps, [current], root).map(formatValue).join(' ');
        break;
      case 'range':
        for (const element of select(node.steps, [current], root)) text += write(node.body, root, element);
        break;
    }
  }
  return text;
}

function select(steps: readonly Step[], start: readonly Json[], root: Json): readonly Json[] {
  let values = start;
  for (const step of steps) values = advance(step, values, root);
  return values;
}

function advance(step: Step, values: readonly Json[], root: Json): readonly Json[] {
  switch (step.kind) {
    case 'root':
      return [root];
    case 'field':
      return values.flatMap((value) => fieldOf(value, step.name));
    case 'wildcard':
      return values.flatMap(membersOf);
    case 'descent':
      return values.flatMap(descendants);
    case 'slice':
      return values.flatMap((value) => (Array.isArray(value) ? sliceOf(value as readonly Json[], step) : []));
    case 'union':
      return step.members.flatMap((steps) => select(steps, values, root));
    case 'filter':
      return values.flatMap(membersOf).filter((element) => {
        const left = operandOf(step.left, element, root);
        if (step.operator === 'exists') return left !== undefined;
        const right = operandOf(step.right, element, root);
        return left !== undefined && right !== undefined && compare(left, step.operator, right);
      });
  }
}

function fieldOf(value: Json, name: string): readonly Json[] {
  if (!isJsonObject(value) || !Object.hasOwn(value, name)) return [];
  const member = value[name];
  return member === undefined || member === null ? [] : [member];
}

function membersOf(value: Json): readonly Json[] {
  if (Array.isArray(value)) return value as readonly Json[];
  if (!isJsonObject(value)) return [];
  return Object.keys(value)
    .sort()
    .flatMap((key) => fieldOf(value, key));
}

function descendants(value: Json): readonly Json[] {
  return [value, ...membersOf(value).flatMap(descendants)];
}

function sliceOf(
  list: readonly Json[],
  { from, to, step, isIndex }: Extract<Step, { kind: 'slice' }>,
): readonly Json[] {
  const length = list.length;
  const first = from === undefined ? 0 : from < 0 ? from + length : from;
  const end = to === undefined ? length : isIndex && from === -1 ? length : to < 0 ? to + length : to;
  if (first >= length || first < 0) {
    if (length === 0 && !isIndex) return [];
    throw new JsonPathError(`array index out of bounds: index ${first}, length ${length}`);
  }
  return list.slice(first, Math.min(end, length)).filter((_, index) => index % (step ?? 1) === 0);
}

function operandOf(operand: Extract<Step, { kind: 'filter' }>['left'], element: Json, root: Json): Json | undefined {
  return operand.kind === 'literal' ? operand.value : select(operand.steps, [element], root)[0];
}

function compare(left: Json, operator: string, right: Json): boolean {
  switch (operator) {
    case '==':
      return left === right;
    case '!=':
      return left !== right;
  }
  if (typeof left !== typeof right || (typeof left !== 'number' && typeof left !== 'string')) return false;
  const order = left < (right as typeof left) ? -1 : left > (right as typeof left) ? 1 : 0;
  return operator === '<' ? order < 0 : operator === '<=' ? order <= 0 : operator === '>' ? order > 0 : order >= 0;
}

function formatValue(value: Json): string {
  return typeof value === 'string' ? value : formatCompact(value);
}

/** Keys sorted, as Go writes maps. */
export function formatCompact(value: Json | undefined): string {
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(formatCompact).join(',')}]`;
  if (!isJsonObject(value)) return JSON.stringify(value ?? null);
  const members = Object.keys(value)
    .sort()
    .filter((key) => value[key] !== undefined)
    .map((key) => `${JSON.stringify(key)}:${formatCompact(value[key])}`);
  return `{${members.join(',')}}`;
}
