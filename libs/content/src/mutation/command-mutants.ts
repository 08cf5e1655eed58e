import type { PreparedInstance } from '@kubedrill/grader';
import { parseManifests, type JsonObject } from '@kubedrill/kube-model';
import { commandsFile } from '../authored-submissions.ts';
import { manifestMutations } from './manifest-mutants.ts';
import type { Mutant } from './mutant.ts';

/** A command with what is fed to it. */
interface TypedPart {
  /** From 1. */
  readonly line: number;
  readonly text: string;
  /** Of a here-document: the lines between its marks. */
  readonly body?: string;
  readonly end?: string;
}

/** Looks at things only: to leave it out changes nothing. */
const looking = /^\s*kubectl\s+(get|describe|logs|explain|events|api-resources)\b[^|>]*$/;

/** Each command left out; each flag left out or with another value; each argument with a typo; manifests in it changed as files are. */
export function commandMutants(prepared: PreparedInstance, text: string): readonly Mutant[] {
  const parts = partsOf(text);
  return parts.flatMap((part, index) => {
    if (/^\s*(#|$)/.test(part.text) || looking.test(part.text)) return [];
    const mutant = (replacement: string, edit: string, line = part.line, place = firstLine(part.text)): Mutant => {
      const typed = parts.map((other, at) => (at === index ? replacement : textOf(other)));
      return {
        ...{ place, edit, file: commandsFile, line },
        content: { kind: 'commands', commands: [typed.join('\n')] },
        renamings: new Map(),
        isNaming: false,
      };
    };
    return [
      mutant('true', 'leave out the command'),
      ...wordChanges(part.text).map(({ text: changed, edit }) => mutant(textOf({ ...part, text: changed }), edit)),
      ...(part.body === undefined ? [] : bodyMutants(prepared, { ...part, body: part.body }, mutant)),
    ];
  });
}

function bodyMutants(
  prepared: PreparedInstance,
  part: TypedPart & { readonly body: string },
  mutant: (replacement: string, edit: string, line: number, place: string) => Mutant,
): readonly Mutant[] {
  const { documents, issues } = parseManifests([{ path: commandsFile, content: part.body }]);
  if (issues.length > 0) return [];
  return manifestMutations(prepared, documents).map((mutation) => ({
    ...mutant(
      textOf({ ...part, body: mutation.documents.map(asYaml).join('\n---\n') }),
      mutation.edit,
      part.line + mutation.line,
      mutation.place,
    ),
    renamings: mutation.renamings,
    isNaming: mutation.isNaming,
  }));
}

/** JSON, which YAML contains. A shell would look for variables behind a dollar sign. */
const asYaml = (value: JsonObject): string => JSON.stringify(value).replaceAll('$', String.raw`\$`);

function partsOf(text: string): readonly TypedPart[] {
  const lines = text.replace(/\n$/, '').split('\n');
  const parts: TypedPart[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = at + 1;
    let command = lines[at] ?? '';
    while (/(\\|\|)\s*$/.test(command) && at + 1 < lines.length) {
      at += 1;
      command += `\n${lines[at] ?? ''}`;
    }
    const mark = /<<-?\s*(['"]?)(\w+)\1/.exec(command)?.[2];
    const end = mark === undefined ? -1 : lines.indexOf(mark, at + 1);
    if (mark === undefined || end < 0) {
      parts.push({ line, text: command });
      continue;
    }
    parts.push({ line, text: command, body: lines.slice(at + 1, end).join('\n'), end: mark });
    at = end;
  }
  return parts;
}

function textOf({ text, body, end }: TypedPart): string {
  return body === undefined ? text : `${text}\n${body}\n${end ?? ''}`;
}

const firstLine = (text: string): string => text.split('\n', 1)[0] ?? '';

interface WordChange {
  readonly text: string;
  readonly edit: string;
}

/** Words that are quoted hold programs of sed or awk: only their numbers are changed. */
function wordChanges(text: string): readonly WordChange[] {
  const changes: WordChange[] = [];
  for (const match of text.matchAll(/'[^']*'|"[^"]*"|[^\s'"|<>;&]+/g)) {
    const [word] = match;
    const put = (replacement: string, edit: string): void => {
      const changed = text.slice(0, match.index) + replacement + text.slice(match.index + word.length);
      changes.push({ text: changed, edit });
    };
    if (match.index === 0) continue;
    if (/^--?[a-z]/.test(word)) put('', `leave out ${word}`);
    for (const replacement of otherWords(word)) put(replacement, `${replacement} instead of ${word}`);
  }
  return changes;
}

const subcommands = new Set([
  'apply',
  'create',
  'expose',
  'scale',
  'label',
  'delete',
  'patch',
  'set',
  'edit',
  'replace',
  'cat',
  'sed',
  'kubectl',
  '-',
]);
const types = ['ClusterIP', 'NodePort', 'LoadBalancer'];

function otherWords(word: string): readonly string[] {
  if (subcommands.has(word) || /^--?[a-z-]+$/.test(word)) return [];
  const numbers = [...word.matchAll(/\d+/g)].map(({ 0: digits, index }) => {
    return word.slice(0, index) + String(Number(digits) + 1) + word.slice(index + digits.length);
  });
  if (/^['"]/.test(word)) return numbers;
  const [flag, value] = /^(--?[a-z-]+=)(.*)$/.exec(word)?.slice(1) ?? ['', word];
  if (types.includes(value ?? '')) return types.filter((type) => type !== value).map((type) => `${flag ?? ''}${type}`);
  return /^\d+$/.test(value ?? '') ? numbers : [...numbers, `${word}x`];
}
