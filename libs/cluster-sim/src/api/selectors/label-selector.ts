import type { StringMap } from '@kubedrill/kube-model';
import { goQuote } from '../validation/go-quote.ts';

/** A selector as query parameters carry it (apimachinery/pkg/labels): `app=web,tier!=db,env in (a,b),!old`. */
export interface LabelRequirement {
  readonly key: string;
  readonly operator: 'in' | 'notin' | 'exists' | 'absent' | 'greater' | 'less';
  readonly values: readonly string[];
}

export type LabelSelectorResult =
  | { readonly ok: true; readonly requirements: readonly LabelRequirement[] }
  | { readonly ok: false; readonly message: string };

const token = /\s*(==|!=|=|!|>|<|\(|\)|,|[^\s=!<>(),]+)/y;
const maxTokens = 1024;

export function parseLabelSelector(text: string): LabelSelectorResult {
  const tokens = tokenize(text);
  const requirements: LabelRequirement[] = [];
  let at = 0;
  while (at < tokens.length) {
    const parsed = parseRequirement(tokens, at);
    if (!parsed.ok) return { ok: false, message: `unable to parse requirement: ${parsed.message}` };
    requirements.push(parsed.requirement);
    at = parsed.next;
    if (at >= tokens.length) break;
    if (tokens[at] !== ',')
      return { ok: false, message: `found ${goQuote(tokens[at] ?? '')}, expected: ',' or 'end of string'` };
    at += 1;
    if (at >= tokens.length) return { ok: false, message: "found '', expected: identifier after ','" };
  }
  return { ok: true, requirements };
}

function tokenize(text: string): readonly string[] {
  const tokens: string[] = [];
  token.lastIndex = 0;
  for (let match = token.exec(text); match !== null && tokens.length < maxTokens; match = token.exec(text))
    tokens.push(match[1] ?? '');
  return tokens;
}

type RequirementResult =
  | { readonly ok: true; readonly requirement: LabelRequirement; readonly next: number }
  | { readonly ok: false; readonly message: string };

const punctuation: ReadonlySet<string> = new Set(['=', '==', '!=', '!', '>', '<', '(', ')', ',']);

function parseRequirement(tokens: readonly string[], at: number): RequirementResult {
  const isAbsent = tokens[at] === '!';
  const key = tokens[isAbsent ? at + 1 : at] ?? '';
  if (key === '' || punctuation.has(key)) return { ok: false, message: `found ${goQuote(key)}, expected: identifier` };
  if (isAbsent) return { ok: true, requirement: { key, operator: 'absent', values: [] }, next: at + 2 };
  const operator = tokens[at + 1];
  switch (operator) {
    case undefined:
    case ',':
      return { ok: true, requirement: { key, operator: 'exists', values: [] }, next: at + 1 };
    case '=':
    case '==':
    case '!=':
    case '>':
    case '<':
      return singleValue(tokens, at + 2, key, operator);
    case 'in':
    case 'notin':
      return valueSet(tokens, at + 2, key, operator);
    default:
      return { ok: false, message: `found ${goQuote(operator)}, expected: in, notin, =, ==, !=, gt, lt` };
  }
}

const singleOperators = { '=': 'in', '==': 'in', '!=': 'notin', '>': 'greater', '<': 'less' } as const;

function singleValue(
  tokens: readonly string[],
  at: number,
  key: string,
  sign: keyof typeof singleOperators,
): RequirementResult {
  const value = tokens[at];
  const isEmpty = value === undefined || value === ',';
  if (!isEmpty && punctuation.has(value))
    return { ok: false, message: `found ${goQuote(value)}, expected: identifier` };
  const requirement = { key, operator: singleOperators[sign], values: [isEmpty ? '' : value] };
  return { ok: true, requirement, next: isEmpty ? at : at + 1 };
}

function valueSet(tokens: readonly string[], from: number, key: string, operator: 'in' | 'notin'): RequirementResult {
  if (tokens[from] !== '(') return { ok: false, message: `found ${goQuote(tokens[from] ?? '')}, expected: '('` };
  const values: string[] = [];
  let at = from + 1;
  while (at < tokens.length && tokens[at] !== ')') {
    const part = tokens[at] ?? '';
    if (part === ',') {
      if (tokens[at - 1] === '(' || tokens[at - 1] === ',') values.push('');
    } else values.push(part);
    at += 1;
  }
  if (tokens[at] !== ')') return { ok: false, message: "found '', expected: ',' or ')'" };
  return { ok: true, requirement: { key, operator, values }, next: at + 1 };
}

export function matchesLabels(requirements: readonly LabelRequirement[], labels: StringMap | undefined): boolean {
  return requirements.every((requirement) => isMet(requirement, labels ?? {}));
}

function isMet({ key, operator, values }: LabelRequirement, labels: StringMap): boolean {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (operator) {
    case 'in':
      return value !== undefined && values.includes(value);
    case 'notin':
      return value === undefined || !values.includes(value);
    case 'exists':
      return value !== undefined;
    case 'absent':
      return value === undefined;
    case 'greater':
      return value !== undefined && Number(value) > Number(values[0]);
    case 'less':
      return value !== undefined && Number(value) < Number(values[0]);
  }
}
