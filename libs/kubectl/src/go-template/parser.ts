import { goText } from '@kubedrill/cluster-sim';
import { syntaxError, type Body, type Command, type Node, type Operand, type Pipe, type Template } from './syntax.ts';
import { literalOf } from './literals.ts';
import { functionNames } from './functions.ts';
import { tokensOf, type Token } from './tokens.ts';

/** text/template/parse/parse.go. */
export function parseGoTemplate(source: string): Template {
  return new TemplateParser(source).parse();
}

/** Blocks inside of each other, at most. */
const maxDepth = 100;

class TemplateParser {
  private readonly source: string;
  private readonly tokens: readonly Token[];
  private readonly defined = new Map<string, Body>();
  private variables: string[] = ['$'];
  private at = 0;
  private depth = 0;
  private loops = 0;

  constructor(source: string) {
    this.source = source;
    this.tokens = tokensOf(source);
  }

  parse(): Template {
    const { body, ending } = this.body();
    if (ending !== 'EOF') throw this.fault(`unexpected {{${ending}}}`);
    return { source: this.source, body, defined: this.defined };
  }

  private get token(): Token {
    return this.tokens[this.at] ?? { kind: 'end', text: 'EOF', offset: this.source.length };
  }

  private next(): Token {
    const { token } = this;
    this.at += 1;
    return token;
  }

  private nextSolid(): Token {
    while (this.token.kind === 'space') this.at += 1;
    return this.next();
  }

  private peekSolid(): Token {
    while (this.token.kind === 'space') this.at += 1;
    return this.token;
  }

  private fault(reason: string, { offset } = this.token): Error {
    return syntaxError(this.source, offset, reason);
  }

  private unexpected(token: Token, context: string): Error {
    const shown = token.kind === 'end' ? 'EOF' : token.kind === 'word' ? `<${token.text}>` : JSON.stringify(token.text);
    return this.fault(`unexpected ${shown} in ${context}`, token);
  }

  /** Up to {{end}}, {{else}} or the end of the template, which is told. */
  private body(): { readonly body: Body; readonly ending: 'EOF' | 'end' | 'else' } {
    const nodes: Node[] = [];
    for (;;) {
      const token = this.next();
      if (token.kind === 'end') return { body: nodes, ending: 'EOF' };
      if (token.kind === 'text') nodes.push({ kind: 'text', text: token.text });
      else {
        const word = this.peekSolid();
        if (word.kind === 'word' && (word.text === 'end' || word.text === 'else')) {
          this.nextSolid();
          return { body: nodes, ending: word.text };
        }
        nodes.push(...this.action(word));
      }
    }
  }

  private action(word: Token): readonly Node[] {
    if (word.kind !== 'word') return [this.plainAction()];
    switch (word.text) {
      case 'if':
      case 'with':
      case 'range':
        this.nextSolid();
        return [this.control(word.text)];
      case 'break':
      case 'continue':
        this.nextSolid();
        if (this.loops === 0) throw this.fault(`{{${word.text}}} outside {{range}}`, word);
        this.close(`{{${word.text}}}`);
        return [{ kind: word.text }];
      case 'template':
        this.nextSolid();
        return [this.templateCall(word)];
      case 'define':
      case 'block':
        this.nextSolid();
        return this.definition(word);
      default:
        return [this.plainAction()];
    }
  }

  private plainAction(): Node {
    return { kind: 'action', pipe: this.pipe('command', 'close') };
  }

  private close(context: string): void {
    const token = this.nextSolid();
    if (token.kind !== 'close') throw this.unexpected(token, context);
  }

  private control(kind: 'if' | 'with' | 'range'): Node {
    this.depth += 1;
    if (this.depth > maxDepth) throw this.fault('template is nested too deeply');
    const known = this.variables.length;
    const pipe = this.pipe(kind, 'close');
    if (kind === 'range') this.loops += 1;
    const { body, ending } = this.body();
    if (kind === 'range') this.loops -= 1;
    const otherwise = ending === 'else' ? this.elseBody(kind) : [];
    if (ending === 'end') this.close('end');
    if (ending === 'EOF') throw this.fault('unexpected EOF');
    this.variables = this.variables.slice(0, known);
    this.depth -= 1;
    return { kind, pipe, body, otherwise };
  }

  /** {{else}}, or {{else if}} and {{else with}} for a whole one inside of it that shares its {{end}}. */
  private elseBody(kind: string): Body {
    const word = this.peekSolid();
    if (word.kind === 'word' && word.text === kind && kind !== 'range') {
      this.nextSolid();
      return [this.control(kind === 'if' ? 'if' : 'with')];
    }
    this.close('else');
    const { body, ending } = this.body();
    if (ending === 'else') throw this.fault('expected end; found {{else}}');
    if (ending === 'EOF') throw this.fault('unexpected EOF');
    this.close('end');
    return body;
  }

  private name(context: string): string {
    const token = this.nextSolid();
    if (token.kind !== 'string') throw this.unexpected(token, context);
    return goText(literalOf(token, (reason) => this.fault(reason, token)));
  }

  private templateCall({ offset, text }: Token): Node {
    const name = this.name('template clause');
    const place = { offset, text };
    if (this.peekSolid().kind !== 'close')
      return { kind: 'template', name, pipe: this.pipe('template clause', 'close'), place };
    this.close('template clause');
    return { kind: 'template', name, pipe: undefined, place };
  }

  private definition({ text, offset }: Token): readonly Node[] {
    const name = this.name(`${text} clause`);
    const pipe = text === 'block' ? this.pipe('block clause', 'close') : undefined;
    if (!pipe) this.close('define clause');
    const outer = this.variables;
    this.variables = ['$'];
    const { body, ending } = this.body();
    this.variables = outer;
    if (ending !== 'end')
      throw this.fault(ending === 'EOF' ? 'unexpected EOF' : `unexpected {{else}} in define clause`);
    this.close('end');
    this.defined.set(name, body);
    return pipe ? [{ kind: 'template', name, pipe, place: { offset, text } }] : [];
  }

  private pipe(context: string, end: 'close' | 'right'): Pipe {
    const { offset } = this.peekSolid();
    const { variables, isAssignment } = this.declarations(context);
    const commands: Command[] = [];
    for (;;) {
      const token = this.peekSolid();
      if (token.kind === end) {
        const text = this.source.slice(offset, token.offset).trimEnd();
        this.nextSolid();
        if (commands.length === 0) throw this.fault(`missing value for ${context}`, token);
        return { variables, isAssignment, commands, place: { offset, text } };
      }
      commands.push(this.command(context));
    }
  }

  private declarations(context: string): Pick<Pipe, 'variables' | 'isAssignment'> {
    const start = this.at;
    const names: string[] = [];
    for (;;) {
      const variable = this.peekSolid();
      if (variable.kind !== 'variable') break;
      this.nextSolid();
      const sign = this.peekSolid();
      names.push(variable.text);
      if (sign.kind === 'declare' || sign.kind === 'assign') {
        this.nextSolid();
        if (sign.kind === 'declare') this.variables.push(...names);
        return { variables: names, isAssignment: sign.kind === 'assign' };
      }
      if (sign.kind !== 'comma' || context !== 'range' || names.length > 1) break;
      this.nextSolid();
    }
    this.at = start;
    return { variables: [], isAssignment: false };
  }

  private command(context: string): Command {
    const { offset } = this.peekSolid();
    const operands: Operand[] = [];
    for (;;) {
      const operand = this.operand();
      if (operand) operands.push(operand);
      const token = this.token;
      if (token.kind === 'space') {
        this.at += 1;
        continue;
      }
      const text = this.source.slice(offset, token.offset).trimEnd();
      if (token.kind === 'pipe') this.at += 1;
      else if (token.kind !== 'close' && token.kind !== 'right')
        throw this.unexpected(token, operand ? 'operand' : context);
      if (operands.length === 0) throw this.fault('empty command', token);
      if (token.kind === 'pipe' && ['close', 'right'].includes(this.peekSolid().kind))
        throw this.fault(`missing value for ${context}`, this.token);
      return { operands, place: { offset, text } };
    }
  }

  private operand(): Operand | undefined {
    const token = this.token;
    const place = { offset: token.offset, text: token.text };
    switch (token.kind) {
      case 'word':
        this.at += 1;
        return this.wordOperand(token);
      case 'dot':
        this.at += 1;
        return { kind: 'dot', place };
      case 'field': {
        const names = this.fieldNames();
        const second = offsetOf(token.offset, names);
        return { kind: 'fields', names, place: { offset: second, text: names.map((name) => `.${name}`).join('') } };
      }
      case 'variable': {
        this.at += 1;
        if (!this.variables.includes(token.text))
          throw this.fault(`undefined variable ${JSON.stringify(token.text)}`, token);
        const names = this.fieldNames();
        const text = token.text + names.map((name) => `.${name}`).join('');
        const offset = names.length > 0 ? token.offset + token.text.length : token.offset;
        return { kind: 'variable', name: token.text, names, place: { offset, text } };
      }
      case 'number':
      case 'string':
      case 'character':
        this.at += 1;
        return { kind: 'literal', value: literalOf(token, (reason) => this.fault(reason, token)), place };
      case 'left': {
        this.at += 1;
        const pipe = this.pipe('parenthesized pipeline', 'right');
        return { kind: 'group', pipe, names: this.fieldNames(), place: { ...place, text: `(${pipe.place.text})` } };
      }
      default:
        return undefined;
    }
  }

  private wordOperand({ text, offset, kind }: Token): Operand {
    const place = { offset, text };
    if (text === 'true' || text === 'false') return { kind: 'literal', value: text === 'true', place };
    if (text === 'nil') return { kind: 'nil', place };
    if (!functionNames.has(text))
      throw this.fault(`function ${JSON.stringify(text)} not defined`, { text, offset, kind });
    return { kind: 'function', name: text, place };
  }

  private fieldNames(): readonly string[] {
    const names: string[] = [];
    while (this.token.kind === 'field') names.push(this.next().text.slice(1));
    return names;
  }
}

/** A chain of fields is said to stand where its second one does. */
function offsetOf(start: number, [first = '', ...others]: readonly string[]): number {
  return others.length > 0 ? start + 1 + first.length : start;
}
