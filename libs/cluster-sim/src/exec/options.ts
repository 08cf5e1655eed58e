export type ParsedOptions =
  | { readonly ok: true; readonly options: Options; readonly operands: readonly string[] }
  | { readonly ok: false; readonly option: string; readonly problem: 'unknown' | 'needsArgument' };

/** Given options by their short letter (or long name, where there is no short one), each with its arguments in order. */
export class Options {
  private readonly given = new Map<string, string[]>();

  add(name: string, argument: string): void {
    const values = this.given.get(name);
    if (values) values.push(argument);
    else this.given.set(name, [argument]);
  }

  has(name: string): boolean {
    return this.given.has(name);
  }

  /** The last argument. */
  last(name: string): string | undefined {
    return this.given.get(name)?.at(-1);
  }

  all(name: string): readonly string[] {
    return this.given.get(name) ?? [];
  }

  count(name: string): number {
    return this.all(name).length;
  }
}

export interface OptionSyntax {
  /** As getopt(3): letters, a colon after those that take an argument. */
  readonly short: string;
  /** Long names to the letter (or name) they stand for; a colon behind the name in the key when it takes an argument. */
  readonly long?: Readonly<Record<string, string>>;
  /** Operands end the options (busybox's "+"). */
  readonly stopAtOperand?: boolean;
}

/** getopt_long(3). */
export function parseOptions(args: readonly string[], syntax: OptionSyntax): ParsedOptions {
  const options = new Options();
  const operands: string[] = [];
  for (let index = 0; index < args.length; index += 1) {
    const argument = args[index] ?? '';
    if (argument === '--') return { ok: true, options, operands: [...operands, ...args.slice(index + 1)] };
    if (argument === '-' || !argument.startsWith('-')) {
      if (syntax.stopAtOperand) return { ok: true, options, operands: args.slice(index) };
      operands.push(argument);
      continue;
    }
    const taken = argument.startsWith('--')
      ? takeLong(argument, args[index + 1], syntax, options)
      : takeShort(argument, args[index + 1], syntax, options);
    if (typeof taken === 'object') return taken;
    index += taken;
  }
  return { ok: true, options, operands };
}

type Refusal = ParsedOptions & { ok: false };

function takeLong(
  argument: string,
  next: string | undefined,
  { long = {} }: OptionSyntax,
  options: Options,
): number | Refusal {
  const equals = argument.indexOf('=');
  const name = equals < 0 ? argument.slice(2) : argument.slice(2, equals);
  if (Object.hasOwn(long, `${name}:`)) {
    const value = equals < 0 ? next : argument.slice(equals + 1);
    if (value === undefined) return { ok: false, option: argument, problem: 'needsArgument' };
    options.add(long[`${name}:`] ?? name, value);
    return equals < 0 ? 1 : 0;
  }
  if (!Object.hasOwn(long, name)) return { ok: false, option: argument, problem: 'unknown' };
  options.add(long[name] ?? name, '');
  return 0;
}

function takeShort(
  argument: string,
  next: string | undefined,
  { short }: OptionSyntax,
  options: Options,
): number | Refusal {
  for (let position = 1; position < argument.length; position += 1) {
    const letter = argument.charAt(position);
    const at = letter === ':' ? -1 : short.indexOf(letter);
    if (at < 0) return { ok: false, option: letter, problem: 'unknown' };
    if (short.charAt(at + 1) !== ':') {
      options.add(letter, '');
      continue;
    }
    const rest = argument.slice(position + 1);
    if (rest === '' && next === undefined) return { ok: false, option: letter, problem: 'needsArgument' };
    options.add(letter, rest === '' ? (next ?? '') : rest);
    return rest === '' ? 1 : 0;
  }
  return 0;
}

/** What busybox and GNU tools say of a wrong option. */
export function optionError(program: string, refusal: Refusal): string {
  if (refusal.problem === 'needsArgument') return `${program}: option requires an argument -- '${refusal.option}'\n`;
  return refusal.option.startsWith('--')
    ? `${program}: unrecognized option '${refusal.option}'\n`
    : `${program}: invalid option -- '${refusal.option}'\n`;
}
