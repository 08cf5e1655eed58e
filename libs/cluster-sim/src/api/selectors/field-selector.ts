import type { KubeObject } from '@kubedrill/kube-model';
import type { KindDefinition } from '../kinds/kind-definition.ts';
import { goQuote } from '../validation/go-quote.ts';

/** A field selector of query parameters (apimachinery/pkg/fields): `metadata.name=web,spec.type!=ClusterIP`. */
export type FieldMatcher = (object: KubeObject) => boolean;

export type FieldSelectorResult =
  { readonly ok: true; readonly matches: FieldMatcher } | { readonly ok: false; readonly message: string };

export function parseFieldSelector(definition: KindDefinition, text: string): FieldSelectorResult {
  const matchers: FieldMatcher[] = [];
  for (const term of text.split(',')) {
    if (term === '') continue;
    const match = /^(.*?)(==|!=|=)(.*)$/s.exec(term);
    if (!match) return { ok: false, message: `invalid selector: '${text}'; can't understand '${term}'` };
    const [, name = '', sign = '', value = ''] = match;
    const read = fieldReader(definition, name);
    if (!read) return { ok: false, message: unsupported(definition, name) };
    matchers.push((object) => (read(object) === value) === (sign !== '!='));
  }
  return { ok: true, matches: (object) => matchers.every((matches) => matches(object)) };
}

function fieldReader(definition: KindDefinition, name: string): ((object: KubeObject) => string) | undefined {
  if (name === 'metadata.name') return (object) => object.metadata.name;
  if (name === 'metadata.namespace') return (object) => object.metadata.namespace ?? '';
  const fields = definition.selectableFields;
  return fields && Object.hasOwn(fields, name) ? fields[name] : undefined;
}

function unsupported(definition: KindDefinition, name: string): string {
  return definition.selectableFields
    ? `field label not supported: ${name}`
    : `${goQuote(name)} is not a known field selector: only "metadata.name", "metadata.namespace"`;
}
