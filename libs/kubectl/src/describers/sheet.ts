import type { StringMap, Taint, Toleration } from '@kubedrill/kube-model';
import { alignTabs } from '../tab-writer.ts';

/** Between the columns of a description. */
const padding = 2;

/** Annotations that are longer stand on lines of their own, and are cut. */
const longestAnnotation = 140;

const hiddenAnnotations: ReadonlySet<string> = new Set(['kubectl.kubernetes.io/last-applied-configuration']);

/** The text of a description, before its columns are laid out: kubectl/pkg/describe PrefixWriter. */
export class Sheet {
  private text = '';

  /** As it is, behind two blanks for each level. */
  write(text: string, level = 0): void {
    // cli-runtime/pkg/printers/terminal.go WriteEscaped.
    this.text += '  '.repeat(level) + text.replaceAll('\u001b', '^[').replaceAll('\r', '\\r');
  }

  line(text: string, level = 0): void {
    this.write(`${text}\n`, level);
  }

  row(cells: readonly string[], level = 0): void {
    this.line(cells.join('\t'), level);
  }

  field(name: string, value: string | number | boolean, level = 0): void {
    this.line(`${name}:\t${value}`, level);
  }

  /** A field of several lines. */
  lines(title: string, values: readonly string[], indent = ''): void {
    this.write(`${indent}${title}:\t`);
    if (values.length === 0) this.line('<none>');
    values.forEach((value, index) => {
      this.line(index === 0 ? value : `${indent}\t${value}`);
    });
  }

  labels(title: string, labels: StringMap | undefined, indent = ''): void {
    this.lines(
      title,
      sortedEntries(labels).map(([key, value]) => `${key}=${value}`),
      indent,
    );
  }

  annotations(title: string, annotations: StringMap | undefined): void {
    const shown = sortedEntries(annotations).filter(([key]) => !hiddenAnnotations.has(key));
    this.lines(
      title,
      shown.flatMap(([key, value]) => annotationLines(key, value.replace(/\n$/, ''))),
    );
  }

  tolerations(title: string, tolerations: readonly Toleration[] = []): void {
    const sorted = tolerations.toSorted((left, right) => compare(left.key ?? '', right.key ?? ''));
    this.lines(title, sorted.map(tolerationText));
  }

  taints(title: string, taints: readonly Taint[] = []): void {
    const rank = ({ effect, key }: Taint): string => `${effect},${key}`;
    const sorted = taints.toSorted((left, right) => compare(rank(left), rank(right)));
    this.lines(title, sorted.map(taintText));
  }

  /** Without columns: tabs stay tabs. */
  get raw(): string {
    return this.text;
  }

  laidOut(): string {
    return alignTabs(this.text, padding);
  }
}

export function sortedEntries(map: StringMap | undefined): readonly (readonly [string, string])[] {
  return Object.entries(map ?? {}).sort(([left], [right]) => compare(left, right));
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function annotationLines(key: string, value: string): readonly string[] {
  if (value.length + key.length + 2 <= longestAnnotation && !value.includes('\n')) return [`${key}: ${value}`];
  return [`${key}:`, ...value.split('\n').map((line) => `  ${shortened(line, longestAnnotation - 2)}`)];
}

function shortened(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest)}...` : text;
}

function tolerationText({ key = '', value = '', effect, operator, tolerationSeconds }: Toleration): string {
  const what = key + (value === '' ? '' : `=${value}`) + (effect === undefined ? '' : `:${effect}`);
  const exists = operator === 'Exists' && value === '' ? `${what === '' ? '' : ' '}op=Exists` : '';
  return what + exists + (tolerationSeconds === undefined ? '' : ` for ${tolerationSeconds}s`);
}

/** Taint.ToString. */
function taintText({ key, value = '', effect }: Taint): string {
  return value === '' ? `${key}:${effect}` : `${key}=${value}:${effect}`;
}

export function orNone(text: string | undefined): string {
  return text === undefined || text === '' ? '<none>' : text;
}

export function orUnset(value: string | number | boolean | undefined): string {
  return value === undefined || value === '' ? '<unset>' : String(value);
}

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** time.RFC1123Z in UTC; a time that is not set is Go's zero. */
export function longTime(time: string | null | undefined): string {
  if (time === undefined || time === null || time === '') return 'Mon, 01 Jan 0001 00:00:00 +0000';
  const date = new Date(Date.parse(time));
  const day = String(date.getUTCDate()).padStart(2, '0');
  const clock = date.toISOString().slice(11, 19);
  return `${days[date.getUTCDay()]}, ${day} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()} ${clock} +0000`;
}

/** fmt's %v of a list of texts. */
export function goList(values: readonly string[] | undefined): string {
  return `[${(values ?? []).join(' ')}]`;
}
