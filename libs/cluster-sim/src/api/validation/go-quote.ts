const plain = /^[ !#-[\]-~]*$/;
const unprintable = /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u;

const named: Readonly<Record<string, string>> = {
  '\u0007': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
  '"': '\\"',
};

/** Go's %q (strconv.Quote): printable characters as they are, others escaped. */
export function goQuote(text: string): string {
  if (plain.test(text)) return `"${text}"`;
  let quoted = '"';
  for (const character of text) quoted += named[character] ?? escaped(character);
  return `${quoted}"`;
}

function escaped(character: string): string {
  if (!unprintable.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return `\\x${hex(code, 2)}`;
  return code < 0x10000 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`;
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}

/** A value that Go prints in a way of its own, as an internal struct. */
export class GoValue {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** encoding/json Marshal: keys of maps sorted, <, > and & escaped. */
export function goJson(value: unknown): string {
  return (JSON.stringify(sorted(value)) ?? 'null').replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${hex(character.charCodeAt(0), 4)}`,
  );
}

/** A Go struct as encoding/json writes it: its fields in the order in which they are declared. Absent ones are left out. */
export function goStruct(fields: Readonly<Record<string, unknown>>): GoValue {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  return new GoValue(
    `{${given.map(([name, value]) => `${JSON.stringify(name)}:${value instanceof GoValue ? value.text : goJson(value)}`).join(',')}}`,
  );
}

/** A Go slice of structs. */
export function goStructs(structs: readonly GoValue[]): GoValue {
  return new GoValue(`[${structs.map(({ text }) => text).join(',')}]`);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value ?? null;
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(entries.map(([key, member]) => [key, sorted(member)]));
}
