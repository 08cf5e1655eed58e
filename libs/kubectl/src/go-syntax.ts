import { goJson, goQuote } from '@kubedrill/cluster-sim';
import type { Json } from '@kubedrill/kube-model';
import { isJsonObject } from '@kubedrill/kube-model';

/** Decoded JSON as Go's fmt prints it with %#v. */
export function goSyntax(value: Json | undefined): string {
  if (typeof value === 'string') return goQuote(value);
  if (value === null || value === undefined) return 'interface {}(nil)';
  if (Array.isArray(value)) return `[]interface {}{${(value as readonly Json[]).map(goSyntax).join(', ')}}`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const members = memberNames(value).map((name) => `${goQuote(name)}:${goSyntax(value[name])}`);
  return `map[string]interface {}{${members.join(', ')}}`;
}

/** The names that have a value, sorted, as Go prints maps. */
export function memberNames(value: Readonly<Record<string, Json | undefined>>): readonly string[] {
  return Object.keys(value)
    .filter((name) => value[name] !== undefined)
    .sort();
}

/** json.MarshalIndent with four blanks, of maps. */
export function goIndentedJson(value: Json): string {
  return goIndentedStruct(JSON.parse(goJson(value)) as Json);
}

/** The same of structs, whose fields stand in an order of their own. */
export function goIndentedStruct(value: Json): string {
  return goStruct(value, 4);
}

/** json.Marshal of a struct. */
export function goStruct(value: Json, indent = 0): string {
  return JSON.stringify(value, undefined, indent).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
