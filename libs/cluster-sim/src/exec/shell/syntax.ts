/** The syntax tree of the shell: POSIX.1-2017, chapter 2. */
export type WordPart =
  | { readonly kind: 'text'; readonly text: string; readonly quoted: boolean }
  | {
      readonly kind: 'parameter';
      readonly name: string;
      readonly quoted: boolean;
      /** '' for ${#name}: the length. */
      readonly operator?: ParameterOperator;
      readonly argument?: Word;
    }
  | { readonly kind: 'command'; readonly script: Script; readonly quoted: boolean }
  | { readonly kind: 'arithmetic'; readonly expression: Word; readonly quoted: boolean };

export type ParameterOperator = 'length' | ':-' | '-' | ':=' | '=' | ':+' | '+' | ':?' | '?' | '#' | '##' | '%' | '%%';

export type Word = readonly WordPart[];

export interface Redirection {
  readonly descriptor: number;
  readonly operator: '<' | '>' | '>>' | '>&' | '<<' | '<<<';
  readonly target: Word;
}

export interface Assignment {
  readonly name: string;
  readonly value: Word;
}

export interface CaseItem {
  readonly patterns: readonly Word[];
  readonly body: Script;
}

/** `[[ ... ]]`. */
export type ConditionalExpression =
  | { readonly kind: 'and' | 'or'; readonly left: ConditionalExpression; readonly right: ConditionalExpression }
  | { readonly kind: 'not'; readonly operand: ConditionalExpression }
  | { readonly kind: 'word'; readonly word: Word }
  | { readonly kind: 'unary'; readonly operator: string; readonly operand: Word }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Word; readonly right: Word };

export type Command =
  | {
      readonly kind: 'simple';
      readonly assignments: readonly Assignment[];
      readonly words: readonly Word[];
      readonly redirections: readonly Redirection[];
    }
  | { readonly kind: 'group'; readonly body: Script; readonly redirections: readonly Redirection[] }
  | { readonly kind: 'subshell'; readonly body: Script; readonly redirections: readonly Redirection[] }
  | {
      readonly kind: 'if';
      readonly branches: readonly { readonly condition: Script; readonly body: Script }[];
      readonly otherwise?: Script;
      readonly redirections: readonly Redirection[];
    }
  | {
      readonly kind: 'loop';
      readonly until: boolean;
      readonly condition: Script;
      readonly body: Script;
      readonly redirections: readonly Redirection[];
    }
  | {
      readonly kind: 'for';
      readonly variable: string;
      readonly words?: readonly Word[];
      readonly body: Script;
      readonly redirections: readonly Redirection[];
    }
  | {
      readonly kind: 'case';
      readonly subject: Word;
      readonly items: readonly CaseItem[];
      readonly redirections: readonly Redirection[];
    }
  | {
      readonly kind: 'conditional';
      readonly expression: ConditionalExpression;
      readonly redirections: readonly Redirection[];
    }
  /** A definition: the body runs when its name is called. */
  | {
      readonly kind: 'function';
      readonly name: string;
      readonly body: Command;
      readonly redirections: readonly Redirection[];
    };

export interface Pipeline {
  readonly negated: boolean;
  readonly commands: readonly Command[];
}

export interface AndOrList {
  readonly first: Pipeline;
  readonly rest: readonly { readonly operator: '&&' | '||'; readonly pipeline: Pipeline }[];
  readonly background: boolean;
}

export type Script = readonly AndOrList[];

/** Why a text is no script: the token that stands where it must not, '' for the end of the text. */
export interface SyntaxFault {
  readonly token: string;
  readonly line: number;
  /** The quote or bracket that is never closed. */
  readonly unterminated?: string;
}
