import { resources, type KubeObject } from '@kubedrill/kube-model';
import type { KindDefinition } from '../kinds/kind-definition.ts';
import { goQuote } from '../validation/go-quote.ts';

/** A field selector of query parameters (apimachinery/pkg/fields/selector.go): `metadata.name=web,spec.type!=ClusterIP`. */
export type FieldMatcher = (object: KubeObject) => boolean;

export type FieldSelectorResult =
  { readonly ok: true; readonly matches: FieldMatcher } | { readonly ok: false; readonly message: string };

interface Term {
  readonly name: string;
  readonly value: string;
  readonly isEqual: boolean;
}

/** The whole text is read before the kind is asked about any field. */
export function parseFieldSelector(definition: KindDefinition, text: string): FieldSelectorResult {
  const matchers: FieldMatcher[] = [];
  const terms: Term[] = [];
  for (const part of partsOf(text)) {
    const term = termOf(text, part);
    if (typeof term === 'string') return { ok: false, message: term };
    terms.push(term);
  }
  for (const { name, value, isEqual } of terms) {
    const read = fieldReader(definition, name);
    if (!read) return { ok: false, message: unsupported(definition, name) };
    matchers.push((object) => (read(object) === value) === isEqual);
  }
  return { ok: true, matches: (object) => matchers.every((matches) => matches(object)) };
}

/** At commas without a backslash. */
function partsOf(text: string): readonly string[] {
  const parts = text.match(/(?:\\.|[^,\\]|\\$)+/gs);
  return parts ?? [];
}

/** What is wrong, where it cannot be understood. */
function termOf(text: string, part: string): Term | string {
  const match = /^(.*?)(==|!=|=)(.*)$/s.exec(part);
  if (!match) return `invalid selector: '${text}'; can't understand '${part}'`;
  const [, name = '', sign = '', escaped = ''] = match;
  let value = '';
  for (const [piece] of escaped.matchAll(/\\.|./gsu)) {
    if (piece === '=') return `invalid field selector: unescaped character in value: ${piece.charCodeAt(0)}`;
    if (piece.startsWith('\\') && !/^\\[\\,=]$/.test(piece))
      return `invalid field selector: invalid escape sequence: ${piece}`;
    value += piece.startsWith('\\') ? piece.slice(1) : piece;
  }
  return { name, value, isEqual: sign !== '!=' };
}

function fieldReader(definition: KindDefinition, name: string): ((object: KubeObject) => string) | undefined {
  const fields = definition.selectableFields;
  if (name === 'metadata.name') return (object) => object.metadata.name;
  // Kinds that say what can be selected leave the namespace out where there is none.
  const hasNamespace = !fields || resources[definition.kind].namespaced;
  if (name === 'metadata.namespace' && hasNamespace) return (object) => object.metadata.namespace ?? '';
  return fields && Object.hasOwn(fields, name) ? fields[name] : undefined;
}

function unsupported(definition: KindDefinition, name: string): string {
  return definition.selectableFields
    ? `field label not supported: ${name}`
    : `${goQuote(name)} is not a known field selector: only "metadata.name", "metadata.namespace"`;
}
