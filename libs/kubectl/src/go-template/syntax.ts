import type { Json } from '@kubedrill/kube-model';

/** text/template/parse: what a template consists of. */
export type Node =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'action'; readonly pipe: Pipe }
  | { readonly kind: 'if' | 'with' | 'range'; readonly pipe: Pipe; readonly body: Body; readonly otherwise: Body }
  | { readonly kind: 'template'; readonly name: string; readonly pipe: Pipe | undefined; readonly place: Place }
  | { readonly kind: 'break' | 'continue' };

export type Body = readonly Node[];

export interface Pipe {
  /** "$x" or "$i" and "$x". */
  readonly variables: readonly string[];
  /** "=" in place of ":=". */
  readonly isAssignment: boolean;
  readonly commands: readonly Command[];
  readonly place: Place;
}

/** An operand, or a function and its arguments. */
export interface Command {
  readonly operands: readonly Operand[];
  readonly place: Place;
}

export type Operand = { readonly place: Place } & (
  | { readonly kind: 'literal'; readonly value: Json }
  | { readonly kind: 'nil' | 'dot' }
  | { readonly kind: 'function'; readonly name: string }
  | { readonly kind: 'fields'; readonly names: readonly string[] }
  | { readonly kind: 'variable'; readonly name: string; readonly names: readonly string[] }
  | { readonly kind: 'group'; readonly pipe: Pipe; readonly names: readonly string[] }
);

/** Where something stands, and its own text, for messages. */
export interface Place {
  readonly offset: number;
  readonly text: string;
}

export interface Template {
  readonly source: string;
  readonly body: Body;
  /** {{define}} and {{block}}, by name. */
  readonly defined: ReadonlyMap<string, Body>;
}

export class TemplateSyntaxError extends Error {}

/** What the template is called in every message. */
export const templateName = 'output';

/** "template: output:2: unexpected EOF". */
export function syntaxError(source: string, offset: number, reason: string): TemplateSyntaxError {
  return new TemplateSyntaxError(`template: ${templateName}:${lineOf(source, offset)}: ${reason}`);
}

export function lineOf(source: string, offset: number): number {
  return source.slice(0, offset).split('\n').length;
}
