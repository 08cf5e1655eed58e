import { ConditionalParser } from './conditional-parser.ts';
import { ShellSyntaxError } from './word-scanner.ts';
import type {
  AndOrList,
  Assignment,
  CaseItem,
  Command,
  Pipeline,
  Redirection,
  Script,
  SyntaxFault,
  Word,
  WordPart,
} from './syntax.ts';

export type ParsedScript =
  { readonly ok: true; readonly script: Script } | { readonly ok: false; readonly fault: SyntaxFault };

/** Longer scripts are refused: nobody types them, and the time to parse them stays small. */
export const maxScriptLength = 65_536;

const closingWords = new Set(['then', 'else', 'elif', 'fi', 'do', 'done', 'esac', '}']);
const openers = new Set(['if', 'while', 'until', 'for', 'case', '{', '(', '[[']);

/** How the definition of a function begins. */
const functionStart = /^(?:function[ \t]+([A-Za-z_][\w-]*)[ \t]*(?:\([ \t]*\))?|([A-Za-z_][\w-]*)[ \t]*\([ \t]*\))/;
const maxFunctionStart = 80;

export function parseScript(text: string): ParsedScript {
  if (text.length > maxScriptLength) return { ok: false, fault: { token: '', line: 1, unterminated: 'script' } };
  try {
    return { ok: true, script: new ScriptParser(text).parseAll() };
  } catch (error) {
    if (error instanceof ShellSyntaxError) return { ok: false, fault: error.fault };
    throw error;
  }
}

interface HereDocument {
  readonly delimiter: string;
  readonly literal: boolean;
  readonly stripTabs: boolean;
  readonly target: WordPart[];
}

export class ScriptParser extends ConditionalParser {
  protected pendingDocuments: HereDocument[] = [];

  parseAll(): Script {
    const script = this.parseList();
    this.skipSpace();
    if (this.character !== '') throw this.unexpected();
    return script;
  }

  protected parseInner(text: string, nesting: number): Script {
    return new ScriptParser(text, nesting).parseAll();
  }

  protected subword(text: string): Word {
    return new ScriptParser(text, this.nesting + 1).wholeWord();
  }

  /** The whole text as one word inside of double quotes. */
  private wholeWord(): Word {
    const parts: WordPart[] = [{ kind: 'text', text: '', quoted: true }];
    while (this.character !== '') this.scanQuotedCharacter(parts, '$`\\');
    return parts;
  }

  private parseList(): Script {
    return this.nest(() => {
      const list: AndOrList[] = [];
      for (;;) {
        this.skipLines();
        if (this.character === '' || this.character === ')' || this.text.startsWith(';;', this.position)) return list;
        if (closingWords.has(this.peekWord())) return list;
        const { first, rest } = this.parseAndOr();
        this.skipSpace();
        const background = this.character === '&' && !this.text.startsWith('&&', this.position);
        list.push({ first, rest, background });
        if (background || (this.character === ';' && !this.text.startsWith(';;', this.position))) this.position += 1;
        else if (this.character !== '\n') return list;
      }
    });
  }

  protected parseAndOr(): Pick<AndOrList, 'first' | 'rest'> {
    const first = this.parsePipeline();
    const rest: { operator: '&&' | '||'; pipeline: Pipeline }[] = [];
    for (;;) {
      this.skipSpace();
      const operator = this.text.startsWith('&&', this.position)
        ? '&&'
        : this.text.startsWith('||', this.position)
          ? '||'
          : undefined;
      if (!operator) return { first, rest };
      this.position += 2;
      this.skipLines();
      rest.push({ operator, pipeline: this.parsePipeline() });
    }
  }

  private parsePipeline(): Pipeline {
    this.skipSpace();
    const negated = this.peekWord() === '!';
    if (negated) this.takeWord('!');
    const commands = [this.parseCommand()];
    for (;;) {
      this.skipSpace();
      if (this.character !== '|' || this.text.startsWith('||', this.position)) return { negated, commands };
      this.position += 1;
      this.skipLines();
      commands.push(this.parseCommand());
    }
  }

  private parseCommand(): Command {
    this.skipSpace();
    const opener = this.character === '(' ? '(' : this.peekWord();
    const definition = functionStart.exec(this.text.slice(this.position, this.position + maxFunctionStart));
    if (definition) return this.nest(() => this.parseFunction(definition));
    if (!openers.has(opener)) return this.parseSimple();
    const compound = this.nest(() => this.parseCompound(opener));
    return { ...compound, redirections: this.parseRedirections() };
  }

  private parseCompound(opener: string): Command {
    const redirections: readonly Redirection[] = [];
    switch (opener) {
      case '(': {
        this.position += 1;
        const body = this.parseBody();
        if (this.character !== ')') throw this.unexpected();
        this.position += 1;
        return { kind: 'subshell', body, redirections };
      }
      case '{': {
        this.takeWord('{');
        const body = this.parseBody();
        this.takeWord('}');
        return { kind: 'group', body, redirections };
      }
      case '[[':
        this.takeWord('[[');
        return { kind: 'conditional', expression: this.parseConditional(), redirections };
      case 'if':
        return this.parseIf();
      case 'for':
        return this.parseFor();
      case 'case':
        return this.parseCase();
      default: {
        this.takeWord(opener);
        const condition = this.parseBody();
        return { kind: 'loop', until: opener === 'until', condition, body: this.parseDoGroup(), redirections };
      }
    }
  }

  /** `name() { ...; }`, and bash's `function name { ...; }`. */
  private parseFunction([start, keywordName, plainName]: RegExpExecArray): Command {
    this.position += start.length;
    this.skipLines();
    return { kind: 'function', name: keywordName ?? plainName ?? '', body: this.parseCommand(), redirections: [] };
  }

  /** A list that must not be empty. */
  private parseBody(): Script {
    const body = this.parseList();
    this.skipLines();
    if (body.length === 0) throw this.unexpected();
    return body;
  }

  private parseDoGroup(): Script {
    this.skipLines();
    this.takeWord('do');
    const body = this.parseBody();
    this.takeWord('done');
    return body;
  }

  private parseIf(): Command {
    const branches: { condition: Script; body: Script }[] = [];
    let otherwise: Script | undefined;
    let word = 'if';
    while (word === 'if' || word === 'elif') {
      this.takeWord(word);
      const condition = this.parseBody();
      this.takeWord('then');
      branches.push({ condition, body: this.parseBody() });
      word = this.peekWord();
    }
    if (word === 'else') {
      this.takeWord('else');
      otherwise = this.parseBody();
    }
    this.takeWord('fi');
    return { kind: 'if', branches, ...(otherwise && { otherwise }), redirections: [] };
  }

  private parseFor(): Command {
    this.takeWord('for');
    this.skipSpace();
    const variable = this.scanName();
    if (variable === '') throw this.unexpected();
    this.skipLines();
    let words: Word[] | undefined;
    if (this.peekWord() === 'in') {
      this.takeWord('in');
      words = [];
      for (this.skipSpace(); ; this.skipSpace()) {
        const word = this.scanWord();
        if (!word) break;
        words.push(word);
      }
    }
    this.skipSpace();
    if (this.character === ';') this.position += 1;
    return { kind: 'for', variable, ...(words && { words }), body: this.parseDoGroup(), redirections: [] };
  }

  private parseCase(): Command {
    this.takeWord('case');
    this.skipSpace();
    const subject = this.scanWord();
    if (!subject) throw this.unexpected();
    this.skipLines();
    this.takeWord('in');
    const items: CaseItem[] = [];
    for (this.skipLines(); this.peekWord() !== 'esac'; this.skipLines()) items.push(this.parseCaseItem());
    this.takeWord('esac');
    return { kind: 'case', subject, items, redirections: [] };
  }

  private parseCaseItem(): CaseItem {
    if (this.character === '(') this.position += 1;
    const patterns: Word[] = [];
    for (;;) {
      this.skipSpace();
      const pattern = this.scanWord();
      if (!pattern) throw this.unexpected();
      patterns.push(pattern);
      this.skipSpace();
      const separator = this.character;
      this.position += 1;
      if (separator === ')') break;
      if (separator !== '|') throw this.unexpected();
    }
    const body = this.parseList();
    this.skipLines();
    if (this.text.startsWith(';;', this.position)) this.position += 2;
    else if (this.peekWord() !== 'esac') throw this.unexpected();
    return { patterns, body };
  }

  private parseSimple(): Command {
    const assignments: Assignment[] = [];
    const words: Word[] = [];
    const redirections: Redirection[] = [];
    for (this.skipSpace(); ; this.skipSpace()) {
      const redirection = this.parseRedirection();
      if (redirection) {
        redirections.push(redirection);
        continue;
      }
      const word = this.scanWord();
      if (!word) break;
      const assignment = words.length === 0 ? assignmentOf(word) : undefined;
      if (assignment) assignments.push(assignment);
      else words.push(word);
    }
    if (this.character === '(' || assignments.length + words.length + redirections.length === 0)
      throw this.unexpected();
    return { kind: 'simple', assignments, words, redirections };
  }

  private parseRedirections(): Redirection[] {
    const redirections: Redirection[] = [];
    for (;;) {
      this.skipSpace();
      const redirection = this.parseRedirection();
      if (!redirection) return redirections;
      redirections.push(redirection);
    }
  }

  private parseRedirection(): Redirection | undefined {
    const match = /^(\d?)(<<-|<<<|<<|>>|>&|<&|&>|>\||>|<)/.exec(this.text.slice(this.position, this.position + 4));
    if (!match) return undefined;
    const [whole, digit = '', symbol = ''] = match;
    this.position += whole.length;
    this.skipSpace();
    const target = this.scanWord();
    if (!target) throw this.unexpected();
    const descriptor = digit === '' ? (symbol.startsWith('<') ? 0 : 1) : Number(digit);
    if (symbol === '<<' || symbol === '<<-')
      return { descriptor, operator: '<<', target: this.hereDocument(target, symbol === '<<-') };
    if (symbol === '&>') return { descriptor: -1, operator: '>', target };
    const operator = symbol === '>|' ? '>' : symbol === '<&' ? '>&' : (symbol as Redirection['operator']);
    return { descriptor, operator, target };
  }

  /** The body comes with the next line end; the word is filled then. */
  private hereDocument(delimiter: Word, stripTabs: boolean): Word {
    const target: WordPart[] = [];
    const text = delimiter.map((part) => (part.kind === 'text' ? part.text : '')).join('');
    const literal = delimiter.some((part) => part.kind === 'text' && part.quoted);
    this.pendingDocuments.push({ delimiter: text, literal, stripTabs, target });
    return target;
  }

  protected readDocuments(): void {
    for (const { delimiter, literal, stripTabs, target } of this.pendingDocuments) {
      let body = '';
      while (this.position < this.text.length) {
        const end = this.text.indexOf('\n', this.position);
        const raw = this.text.slice(this.position, end < 0 ? undefined : end);
        this.position = end < 0 ? this.text.length : end + 1;
        const line = stripTabs ? raw.replace(/^\t+/, '') : raw;
        if (line === delimiter) break;
        body += `${line}\n`;
      }
      target.push(...(literal ? [{ kind: 'text', text: body, quoted: true } as const] : this.subword(body)));
    }
    this.pendingDocuments = [];
  }

  protected skipSpace(): void {
    for (;;) {
      const { character } = this;
      if (character === ' ' || character === '\t' || character === '\r') this.position += 1;
      else if (character === '\\' && this.text.charAt(this.position + 1) === '\n') this.position += 2;
      else if (character === '#' && this.atWordStart()) {
        const end = this.text.indexOf('\n', this.position);
        this.position = end < 0 ? this.text.length : end;
      } else return;
    }
  }

  private atWordStart(): boolean {
    return this.position === 0 || /[\s;&|()]/.test(this.text.charAt(this.position - 1));
  }

  protected skipLines(): void {
    for (this.skipSpace(); this.character === '\n'; this.skipSpace()) {
      this.position += 1;
      if (this.pendingDocuments.length > 0) this.readDocuments();
    }
  }

  /** The unquoted word at this place, without taking it. */
  private peekWord(): string {
    return /^[^\s;&|<>()"'$`\\]+/.exec(this.text.slice(this.position, this.position + 16))?.[0] ?? '';
  }

  private takeWord(word: string): void {
    this.skipLines();
    if (this.peekWord() !== word) throw this.unexpected();
    this.position += word.length;
  }

  protected unexpected(): ShellSyntaxError {
    const rest = this.text.slice(this.position, this.position + 40);
    const token = /^(\n|&&|\|\||;;|[;&|<>()]|[^\s;&|<>()]+)/.exec(rest)?.[0] ?? '';
    return new ShellSyntaxError({ token: token === '\n' ? 'newline' : token, line: this.line });
  }
}

function assignmentOf([first, ...rest]: Word): Assignment | undefined {
  if (first?.kind !== 'text' || first.quoted) return undefined;
  const match = /^([A-Za-z_][A-Za-z0-9_]*)(\+?)=(.*)$/s.exec(first.text);
  if (!match) return undefined;
  const [, name = '', plus = '', text = ''] = match;
  const value: Word = text === '' ? rest : [{ ...first, text }, ...rest];
  // NAME+=VALUE appends.
  return { name, value: plus === '' ? value : [{ kind: 'parameter', name, quoted: true }, ...value] };
}
