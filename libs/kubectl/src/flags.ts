/** How a flag takes its value: none stands for true; an optional one only after "=", else it has its default. */
export interface FlagSyntax {
  readonly short?: string;
  readonly value: 'none' | 'required' | { readonly whenBare: string };
}

export type FlagSet = Readonly<Record<string, FlagSyntax>>;

export type ParsedFlags =
  | {
      readonly ok: true;
      readonly flags: Flags;
      readonly operands: readonly string[];
      readonly afterDash: readonly string[] | undefined;
    }
  | { readonly ok: false; readonly message: string };

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

  isTrue(name: string): boolean {
    return /^(true|t|1)$/i.test(this.text(name));
  }

  all(name: string): readonly string[] {
    return this.given.get(name) ?? [];
  }
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
    const name = equals < 0 ? word.slice(2) : word.slice(2, equals);
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

  private add(name: string, { value }: FlagSyntax, attached: string | undefined, missing: string): void {
    const values = this.given.get(name) ?? [];
    this.given.set(name, values);
    if (attached !== undefined) values.push(attached);
    else if (value === 'none') values.push('true');
    else if (typeof value === 'object') values.push(value.whenBare);
    else if (this.at < this.argv.length) values.push(this.take());
    else throw new UnknownFlag(missing);
  }
}
