export type ParsedFlags =
  | { readonly ok: true; readonly values: ReadonlyMap<string, string>; readonly operands: readonly string[] }
  | { readonly ok: false; readonly message: string };

/** Go's flag and pflag packages: `-name value`, `--name=value`; the switches take no separate value. */
export function parseGoFlags(
  args: readonly string[],
  switches: readonly string[] = [],
  known?: readonly string[],
): ParsedFlags {
  const values = new Map<string, string>();
  for (let index = 0; index < args.length; index += 1) {
    const argument = args[index] ?? '';
    const match = /^--?([A-Za-z][\w-]*)(?:=(.*))?$/s.exec(argument);
    if (argument === '--') return { ok: true, values, operands: args.slice(index + 1) };
    if (!match) return { ok: true, values, operands: args.slice(index) };
    const [, name = '', inline] = match;
    if (known && !known.includes(name) && !switches.includes(name))
      return { ok: false, message: `unknown flag: --${name}` };
    if (inline !== undefined) values.set(name, inline);
    else if (switches.includes(name)) values.set(name, 'true');
    else {
      index += 1;
      const value = args[index];
      if (value === undefined) return { ok: false, message: `flag needs an argument: -${name}` };
      values.set(name, value);
    }
  }
  return { ok: true, values, operands: [] };
}
