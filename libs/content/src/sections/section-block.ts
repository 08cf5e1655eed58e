import type { ClusterSetup } from '@kubedrill/grader';

/** Lines of a section, counted from 1: `first` to the one before `end`. */
export interface ShownLines {
  readonly first: number;
  readonly lines: readonly string[];
}

/** A command with what the section shows of its output. */
export interface ConsoleCommand {
  /** Where it is typed: '' is the workstation; else a host outside, a node or a Pod. */
  readonly place: string;
  readonly script: string;
  readonly line: number;
  readonly output: ShownLines;
}

/** What a manifest in the text is there for. */
export type ManifestUse = 'apply' | 'file' | 'refused' | 'fragment';

export type SectionBlock =
  | {
      readonly kind: 'manifest';
      readonly use: ManifestUse;
      readonly name: string;
      readonly line: number;
      readonly content: string;
    }
  | { readonly kind: 'console'; readonly commands: readonly ConsoleCommand[]; readonly line: number }
  | {
      readonly kind: 'trace';
      readonly place: string;
      readonly host: string;
      readonly port: number;
      readonly line: number;
      readonly output: ShownLines;
    }
  /** From here on another cluster: what has been applied so far is applied to it as well. */
  | { readonly kind: 'cluster'; readonly changes: Partial<ClusterSetup>; readonly line: number };

const forms = 'yaml apply, yaml file NAME, yaml refused, yaml fragment, console, trace FROM -> HOST:PORT';
const manifestInfo = /^yaml (apply|file|refused|fragment)(?: ([a-z0-9][a-z0-9.-]*\.yaml))?$/;
const traceInfo = /^trace (\S+) -> ([^\s:]+):(\d{1,5})$/;
const prompt = /^([a-z0-9][a-z0-9./-]*)?\$ (.*)$/;

/** A fenced block by its info string; a text says what is wrong with it. */
export function readBlock(info: string, lines: readonly string[], first: number): SectionBlock | string {
  const [, use, name] = manifestInfo.exec(info) ?? [];
  if (use !== undefined) {
    if (use === 'file' && name === undefined) return 'a file needs a name: "yaml file NAME.yaml"';
    const content = `${lines.join('\n')}\n`;
    return { kind: 'manifest', use: use as ManifestUse, name: name ?? 'manifest.yaml', line: first, content };
  }
  if (info === 'console') return readConsole(lines, first);
  const [, place = '', host, port] = traceInfo.exec(info) ?? [];
  if (host !== undefined)
    return { kind: 'trace', place, host, port: Number(port), line: first, output: { first, lines } };
  if (info === 'yaml') return `a manifest that nothing runs: write "yaml apply", "file", "refused" or "fragment"`;
  return `nothing runs a block "${info}"; there are: ${forms}`;
}

function readConsole(lines: readonly string[], first: number): SectionBlock | string {
  const commands: ConsoleCommand[] = [];
  let at = 0;
  while (at < lines.length) {
    const [, place = '', head = ''] = prompt.exec(lines[at] ?? '') ?? [];
    if (head === '') return `a console begins with a command: "$ kubectl get pods"`;
    const line = first + at;
    let script = head;
    at += 1;
    while (script.endsWith('\\') && lines[at]?.startsWith('> ')) {
      script += `\n${(lines[at] ?? '').slice(2)}`;
      at += 1;
    }
    const start = at;
    while (at < lines.length && !prompt.test(lines[at] ?? '')) at += 1;
    commands.push({ place, script, line, output: { first: first + start, lines: lines.slice(start, at) } });
  }
  return { kind: 'console', commands, line: first };
}
