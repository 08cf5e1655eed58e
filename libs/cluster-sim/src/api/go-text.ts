import type { Json } from '@kubedrill/kube-model';

/** How Go's fmt prints decoded JSON with %v: `map[spec:map[ports:[map[port:80]]]]`, keys sorted. */
export function goText(value: Json | undefined): string {
  if (value === null || value === undefined) return '<nil>';
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return `[${value.map(goText).join(' ')}]`;
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return `map[${entries.map(([key, member]) => `${key}:${goText(member)}`).join(' ')}]`;
}

/** The Go type that decoded JSON has inside an interface{}, as reflect prints it. */
export function goType(value: Json | undefined): string {
  if (value === null || value === undefined) return '<nil>';
  if (Array.isArray(value)) return '[]interface {}';
  if (typeof value === 'object') return 'map[string]interface {}';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64';
  return typeof value === 'boolean' ? 'bool' : 'string';
}

/** What encoding/json calls a JSON value that doesn't fit: "object", "array", "string", "number", "bool". */
export function jsonKind(value: Json | undefined): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}
