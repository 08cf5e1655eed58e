import { deepEqual } from '@kubedrill/cluster-sim';
import { readRawDocuments } from '@kubedrill/kube-model';

/** Why a file has to be edited again. */
export interface EditReason {
  readonly head: string;
  readonly details: readonly string[];
}

export type EditMode = 'object' | 'last applied';

/** editoptions.go editHeader. */
export function headerText(mode: EditMode, reasons: readonly EditReason[]): string {
  const opening =
    mode === 'last applied'
      ? [
          "Please edit the 'last-applied-configuration' annotations below.",
          "Lines beginning with a '#' will be ignored, and an empty file will abort the edit.",
        ]
      : [
          "Please edit the object below. Lines beginning with a '#' will be ignored,",
          'and an empty file will abort the edit. If an error occurs while saving this file will be',
          'reopened with the relevant failures.',
        ];
  const lines = opening.map((line) => `# ${line}\n`).join('');
  return `${lines}#\n${reasons.map(reasonText).join('')}`;
}

function reasonText({ head, details }: EditReason): string {
  const lines = details.map((detail) => `# * ${commented(detail)}\n`).join('');
  return `# ${commented(head)}${details.length > 0 ? ':' : ''}\n${lines}#\n`;
}

/** hashOnLineBreak. */
function commented(text: string): string {
  return text.replace(/\n(?!#)(?=[\s\S])/g, '\n# ');
}

/** helpers.go ManualStrip. */
export function withoutComments(text: string): string {
  return text
    .split('\n')
    .filter((line) => !/^\s*#(?!!)/.test(line))
    .join('\n');
}

/** Whether two texts say the same, comments aside: helpers.go StripComments. */
export function saysTheSame(left: string, right: string): boolean {
  const [first, second] = [readRawDocuments(left), readRawDocuments(right)];
  if (first.problem || second.problem) return withoutComments(left) === withoutComments(right);
  return deepEqual(first.values[0] ?? null, second.values[0] ?? null);
}

/** editoptions.go hasLines. */
export function hasLines(text: string): boolean {
  return text.split('\n').some((line) => /^\s*[^\s#]/.test(line));
}
