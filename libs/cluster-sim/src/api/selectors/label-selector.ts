import type { StringMap } from '@kubedrill/kube-model';
import { LabelSelectorParser, SelectorSyntaxError } from './label-selector-parser.ts';

/** A selector as query parameters carry it (apimachinery/pkg/labels): `app=web,tier!=db,env in (a,b),!old`. */
export interface LabelRequirement {
  readonly key: string;
  readonly operator: 'in' | 'notin' | 'exists' | 'absent' | 'greater' | 'less';
  readonly values: readonly string[];
}

export type LabelSelectorResult =
  | { readonly ok: true; readonly requirements: readonly LabelRequirement[] }
  | { readonly ok: false; readonly message: string };

export function parseLabelSelector(text: string): LabelSelectorResult {
  try {
    return { ok: true, requirements: new LabelSelectorParser(text).parse() };
  } catch (error) {
    if (error instanceof SelectorSyntaxError) return { ok: false, message: error.message };
    throw error;
  }
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
      return isWhole(value) && Number(value) > Number(values[0]);
    case 'less':
      return isWhole(value) && Number(value) < Number(values[0]);
  }
}

function isWhole(value: string | undefined): value is string {
  return value !== undefined && /^[-+]?[0-9]+$/.test(value);
}
