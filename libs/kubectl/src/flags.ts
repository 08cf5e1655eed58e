/** How a flag takes its value: none stands for true; an optional one only after "=", else it has its default. */
export interface FlagSyntax {
  readonly short?: string;
  readonly value: 'none' | 'required' | { readonly whenBare: string };
  /** Default: bool where the value is none, else any text. */
  readonly type?: FlagType;
}

export type FlagType = 'text' | 'bool' | 'int' | 'int32' | 'int64' | 'duration';

export type FlagSet = Readonly<Record<string, FlagSyntax>>;

export type ParsedFlags =
  | {
      readonly ok: true;
      readonly flags: Flags;
      readonly operands: readonly string[];
      readonly afterDash: readonly string[] | undefined;
    }
  | { readonly ok: false; readonly message: string };

/** pflag's messages for values that are none of their type (strconv and time of Go). */
function valueFault(type: FlagType, text: string): string | undefined {
  switch (type) {
    case 'text':
      return undefined;
    case 'bool':
      return /^(1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(text)
        ? undefined
        : `strconv.ParseBool: parsing ${JSON.stringify(text)}: invalid syntax`;
    case 'int':
    case 'int32':
    case 'int64':
      return integerFault(text, type === 'int32' ? 32n : 64n);
    case 'duration':
      return durationFault(text);
  }
}

const integerForm = /^([-+]?)(\d+|0[xX][\da-fA-F]+|0[oO][0-7]+|0[bB][01]+)$/;

function integerFault(text: string, bits: bigint): string | undefined {
  const parsed = integerForm.exec(text);
  const fault = (reason: string): string => `strconv.ParseInt: parsing ${JSON.stringify(text)}: ${reason}`;
  if (!parsed) return fault('invalid syntax');
  const size = BigInt(parsed[2] ?? '0');
  const largest = 1n << (bits - 1n);
  return size > largest || (size === largest && parsed[1] !== '-') ? fault('value out of range') : undefined;
}

/** time.ParseDuration. */
export function durationFault(text: string): string | undefined {
  if (/^[-+]?(0|((\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h))+)$/.test(text)) return undefined;
  const shown = JSON.stringify(text);
  const unit = /^[-+]?(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))*(?:\d+\.?\d*|\.\d+)([^\d.]*)/.exec(text)?.[1];
  if (unit === undefined) return `time: invalid duration ${shown}`;
  return unit === ''
    ? `time: missing unit in duration ${shown}`
    : `time: unknown unit ${JSON.stringify(unit)} in duration ${shown}`;
}

export class Flags {
  private readonly given: ReadonlyMap<string, readonly string[]>;

  constructor(given: ReadonlyMap<string, readonly string[]>) {
    this.given = given;
  }

  has(name: string): boolean {
    return this.given.has(name);
  }

  /** The last value; '' where the flag is absent. */
  text(name: string): string {
    return this.given.get(name)?.at(-1) ?? '';
  }

  /** Those of other names. */
  without(names: readonly string[]): Flags {
    return new Flags(new Map([...this.given].filter(([name]) => !names.includes(name))));
  }

  isTrue(name: string): boolean {
    return /^(true|t|1)$/i.test(this.text(name));
  }

  /** All that was given, a flag with each of its values. */
  entries(): readonly (readonly [name: string, value: string])[] {
    return [...this.given].flatMap(([name, values]) => values.map((value) => [name, value] as const));
  }

  all(name: string): readonly string[] {
    return this.given.get(name) ?? [];
  }

  /** pflag's StringSlice: each value is a line of CSV. */
  list(name: string): readonly string[] {
    return this.all(name).flatMap(readCsvLine);
  }
}

function readCsvLine(line: string): readonly string[] {
  if (line === '') return [];
  const fields = line.match(/"(?:[^"]|"")*"(?=,|$)|[^,]*(?=,|$)/g) ?? [];
  // The pattern finds an empty field behind each one that ends at a comma.
  const found = fields.filter((field, index) => field !== '' || fields[index - 1] === '' || index === 0);
  return found.map((field) => (field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field));
}

/** spf13/pflag: flags and operands in any order, everything after "--" as it is. */
export function parseFlags(argv: readonly string[], syntax: FlagSet): ParsedFlags {
  return new FlagParser(argv, syntax).parse();
}

class UnknownFlag extends Error {}

class FlagParser {
  private readonly argv: readonly string[];
  private readonly syntax: FlagSet;
  private readonly given = new Map<string, string[]>();
  private readonly operands: string[] = [];
  private at = 0;

  constructor(argv: readonly string[], syntax: FlagSet) {
    this.argv = argv;
    this.syntax = syntax;
  }

  parse(): ParsedFlags {
    try {
      while (this.at < this.argv.length) {
        const word = this.take();
        if (word === '--') return this.result(this.argv.slice(this.at));
        if (word.startsWith('--')) this.long(word);
        else if (word.startsWith('-') && word !== '-') this.short(word);
        else this.operands.push(word);
      }
      return this.result(undefined);
    } catch (error) {
      if (error instanceof UnknownFlag) return { ok: false, message: error.message };
      throw error;
    }
  }

  private result(afterDash: readonly string[] | undefined): ParsedFlags {
    return { ok: true, flags: new Flags(this.given), operands: this.operands, afterDash };
  }

  private take(): string {
    const word = this.argv[this.at] ?? '';
    this.at += 1;
    return word;
  }

  private long(word: string): void {
    const equals = word.indexOf('=');
    // cliflag.WordSepNormalizeFunc.
    const name = (equals < 0 ? word.slice(2) : word.slice(2, equals)).replaceAll('_', '-');
    if (name === '' || name.startsWith('-')) throw new UnknownFlag(`bad flag syntax: ${word}`);
    const flag = Object.hasOwn(this.syntax, name) ? this.syntax[name] : undefined;
    if (!flag) throw new UnknownFlag(`unknown flag: --${name}`);
    this.add(name, flag, equals < 0 ? undefined : word.slice(equals + 1), `flag needs an argument: --${name}`);
  }

  private short(word: string): void {
    for (let position = 1; position < word.length; position += 1) {
      const letter = word.charAt(position);
      const found = Object.entries(this.syntax).find(([, { short }]) => short === letter);
      if (!found)
        throw new UnknownFlag(`unknown shorthand flag: '${letter}' in ${word.slice(0, 1)}${word.slice(position)}`);
      const [name, flag] = found;
      const rest = word.slice(position + 1);
      const attached = rest.startsWith('=')
        ? rest.slice(1)
        : flag.value === 'required' && rest !== ''
          ? rest
          : undefined;
      this.add(name, flag, attached, `flag needs an argument: '${letter}' in ${word}`);
      if (attached !== undefined) return;
    }
  }

  private add(name: string, flag: FlagSyntax, attached: string | undefined, missing: string): void {
    const text = attached ?? this.unattached(flag.value);
    if (text === undefined) throw new UnknownFlag(missing);
    const fault = valueFault(flag.type ?? (flag.value === 'none' ? 'bool' : 'text'), text);
    const shown = flag.short === undefined ? `--${name}` : `-${flag.short}, --${name}`;
    if (fault !== undefined)
      throw new UnknownFlag(`invalid argument ${JSON.stringify(text)} for ${JSON.stringify(shown)} flag: ${fault}`);
    const values = this.given.get(name) ?? [];
    this.given.set(name, values);
    values.push(text);
  }

  /** Of a flag without "=": what a bare one stands for, or the next word. */
  private unattached(value: FlagSyntax['value']): string | undefined {
    if (value === 'none') return 'true';
    if (typeof value === 'object') return value.whenBare;
    return this.at < this.argv.length ? this.take() : undefined;
  }
}
