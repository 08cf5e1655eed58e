import type { ParameterValues } from '../draw-parameters.ts';
import type { AcceptedFinding } from '../format.ts';
import { substituteText } from '../substitute.ts';

interface Found {
  readonly kind: AcceptedFinding['finding'];
  readonly variant: string;
  readonly place: string;
  readonly edit: string;
}

/** Whether an author has said why such a finding is all right. */
export function accepts(
  { finding, at, edit = '*', variants }: AcceptedFinding,
  found: Found,
  values: ParameterValues,
): boolean {
  if (finding !== found.kind || (variants && !variants.includes(found.variant))) return false;
  return beginsLike(substituteText(at, values), found.place) && beginsLike(substituteText(edit, values), found.edit);
}

/** The text is the pattern or goes on behind it with another part; "*" stands for anything. */
export function beginsLike(pattern: string, text: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('.*')}(?=$|[.[ :])`, 'su').test(text);
}
