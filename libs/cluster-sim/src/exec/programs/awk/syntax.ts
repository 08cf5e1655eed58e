/** The syntax tree of awk (POSIX.1-2017, utility awk), without functions of one's own, getline and redirections. */
export type Target =
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'field'; readonly index: Expression }
  | { readonly kind: 'element'; readonly name: string; readonly index: readonly Expression[] };

export type BinaryOperator =
  '+' | '-' | '*' | '/' | '%' | '^' | 'join' | '<' | '<=' | '==' | '!=' | '>' | '>=' | '~' | '!~' | '&&' | '||';

export type Expression =
  | Target
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'pattern'; readonly source: string }
  | { readonly kind: 'assign'; readonly target: Target; readonly operator: string; readonly value: Expression }
  | { readonly kind: 'increment'; readonly target: Target; readonly by: 1 | -1; readonly isPrefix: boolean }
  | { readonly kind: 'unary'; readonly operator: '-' | '+' | '!'; readonly operand: Expression }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'condition'; readonly test: Expression; readonly yes: Expression; readonly no: Expression }
  | { readonly kind: 'in'; readonly index: readonly Expression[]; readonly name: string }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] };

export type Statement =
  | { readonly kind: 'print' | 'printf'; readonly args: readonly Expression[] }
  | { readonly kind: 'expression'; readonly expression: Expression }
  | { readonly kind: 'block'; readonly body: readonly Statement[] }
  | { readonly kind: 'if'; readonly test: Expression; readonly yes: Statement; readonly no?: Statement }
  | {
      readonly kind: 'loop';
      readonly start?: Statement;
      readonly test?: Expression;
      readonly step?: Statement;
      readonly body: Statement;
      /** do ... while: the body comes before the first test. */
      readonly bodyFirst: boolean;
    }
  | { readonly kind: 'forIn'; readonly variable: string; readonly name: string; readonly body: Statement }
  | { readonly kind: 'delete'; readonly name: string; readonly index?: readonly Expression[] }
  | { readonly kind: 'next' | 'break' | 'continue' }
  | { readonly kind: 'exit'; readonly status?: Expression };

export interface Rule {
  readonly when: 'BEGIN' | 'END' | 'always' | { readonly from: Expression; readonly to?: Expression };
  /** Absent: the record is printed. */
  readonly body?: Statement;
}
