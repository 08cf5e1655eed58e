import { CommandError } from '../../invocation.ts';
import { parseTemplate, JsonPathSyntaxError, type TemplateNode } from '../../json-path-syntax.ts';
import { relaxedPath } from '../../custom-columns.ts';

/** What --for names. */
export type WaitCondition =
  | { readonly kind: 'create' | 'delete' }
  | { readonly kind: 'condition'; readonly name: string; readonly status: string }
  /** Any value will do where none is given. */
  | { readonly kind: 'jsonpath'; readonly path: readonly TemplateNode[]; readonly value: string | undefined };

/** conditionFuncsFor. */
export function readConditions(texts: readonly string[]): readonly WaitCondition[] {
  if (texts.length === 0) throw new CommandError('error: unrecognized condition: []');
  return texts.map(readCondition);
}

function readCondition(text: string): WaitCondition {
  const lower = text.toLowerCase();
  if (lower === 'create' || lower === 'delete') return { kind: lower };
  if (text.startsWith('condition=')) {
    const [, name = '', status = 'true'] = /^condition=([^=]*)(?:=([^]*))?$/.exec(text) ?? [];
    return { kind: 'condition', name, status };
  }
  if (text.startsWith('jsonpath=')) return readPath(text.slice('jsonpath='.length));
  throw new CommandError(`error: unrecognized condition: ${JSON.stringify(text)}`);
}

/** processJSONPathInput. */
function readPath(input: string): WaitCondition {
  const [path = '', value, ...more] = splitAtEquals(input);
  if (more.length > 0)
    throw new CommandError(
      "error: jsonpath wait format must be --for=jsonpath='{.status.readyReplicas}'=3 or --for=jsonpath='{.status.readyReplicas}'",
    );
  const relaxed = relaxedPath(path);
  const bare = value?.replace(/^['"]+|['"]+$/g, '');
  if (bare === '')
    throw new CommandError(
      "error: jsonpath wait has to have a value after equal sign, like --for=jsonpath='{.status.readyReplicas}'=3",
    );
  if (relaxed === '') throw new CommandError('error: jsonpath expression cannot be empty');
  try {
    return { kind: 'jsonpath', path: parseTemplate(relaxed), value: bare };
  } catch (error) {
    if (error instanceof JsonPathSyntaxError) throw new CommandError(`error: ${error.message}`);
    throw error;
  }
}

/** splitJSONPathInput: two equals signs are one operator of the path. */
function splitAtEquals(input: string): readonly string[] {
  const parts = [''];
  for (const piece of input.match(/==|=|[^=]+/g) ?? [])
    if (piece === '=') parts.push('');
    else parts.push((parts.pop() ?? '') + piece);
  return parts;
}
