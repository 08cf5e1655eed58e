import type { JournalEntry } from '@kubedrill/cluster-sim';
import {
  isJsonObject,
  parseManifests,
  resources,
  type Kind,
  type ManifestDocument,
  type ManifestIssue,
  type ParsedManifests,
} from '@kubedrill/kube-model';
import type { Constraints } from './exercise/constraints.ts';
import type { ExerciseInstance } from './exercise/instance.ts';
import type { GradingResult, SubmissionMessage } from './grading-result.ts';
import type { SubmissionContent, SubmittedSandbox } from './submission-content.ts';

/** A submission that can be run, or why it cannot. */
export type SubmissionReading =
  | {
      readonly kind: 'readable';
      readonly documents: readonly ManifestDocument[];
      readonly answers: ReadonlyMap<string, string>;
      /** What is typed at the workstation. */
      readonly commands?: string;
    }
  | { readonly kind: 'rejected'; readonly messages: readonly SubmissionMessage[] }
  | {
      readonly kind: 'limited';
      readonly messages: readonly SubmissionMessage[];
      readonly limit: NonNullable<GradingResult['limit']>;
    };

export function readSubmission(
  { accepts, constraints, checks }: ExerciseInstance,
  content: SubmissionContent,
): SubmissionReading {
  if (content.kind === 'sandbox' && accepts !== 'answers') return readSandbox(constraints, content.sandbox);
  if (content.kind !== accepts) {
    return rejected(
      `this exercise takes ${describeKind(accepts)}, and the submission holds ${describeKind(content.kind)}`,
    );
  }
  if (content.kind === 'answers') {
    const asked = checks.filter(({ kind }) => kind === 'answer').map(({ id }) => id);
    const answers = new Map(
      asked.flatMap((id) => (Object.hasOwn(content.answers, id) ? [[id, content.answers[id] ?? '']] : [])),
    );
    return { kind: 'readable', documents: [], answers };
  }
  if (content.kind === 'commands') return readCommands(content.commands);
  const parsed = parseManifests(content.files, { documents: constraints.maxDocuments });
  return unreadable(parsed) ?? { kind: 'readable', documents: parsed.documents, answers: new Map() };

  function unreadable({ documents, issues }: ParsedManifests): SubmissionReading | undefined {
    const messages = issues.map(messageOf);
    const bound = issues.find(({ code }) => code.startsWith('too'));
    if (bound) return { kind: 'limited', messages, limit: { bound: bound.code, text: bound.message } };
    if (messages.length > 0) return { kind: 'rejected', messages };
    if (documents.length === 0) return rejected('error: no objects passed to apply');
    const forbidden = forbiddenKinds(documents, constraints);
    return forbidden.length > 0 ? { kind: 'rejected', messages: forbidden } : undefined;
  }
}

/** One command an element or several lines of them: all together are what is typed, line by line. */
function readCommands(commands: readonly string[]): SubmissionReading {
  const text = commands.map((command) => command.replace(/\r\n/g, '\n').replace(/\n$/, '')).join('\n');
  if (/^(?:[ \t]*(?:#.*)?\n?)*$/.test(text)) return rejected('there is no command: write those that you would type');
  return { kind: 'readable', documents: [], answers: new Map(), commands: text };
}

function rejected(text: string): SubmissionReading {
  return { kind: 'rejected', messages: [{ severity: 'error', text }] };
}

function describeKind(kind: SubmissionContent['kind']): string {
  return { files: 'manifests', commands: 'kubectl commands', answers: 'answers', sandbox: 'a sandbox' }[kind];
}

function messageOf({ message, file, line, column }: ManifestIssue): SubmissionMessage {
  const position = { file, ...(line === undefined ? {} : { line }), ...(column === undefined ? {} : { column }) };
  return { severity: 'error', text: message, position };
}

/** Kinds that the exercise does not allow; lists are looked into, since kubectl unpacks them. */
function forbiddenKinds(
  documents: readonly ManifestDocument[],
  { allowedKinds }: Constraints,
): readonly SubmissionMessage[] {
  if (!allowedKinds) return [];
  const messages: SubmissionMessage[] = [];
  for (const document of documents) {
    for (const [kind, path] of kindsIn(document)) {
      // About a kind that does not exist Kubernetes has words of its own.
      if (!isKnownKind(kind) || allowedKinds.includes(kind)) continue;
      const text = forbiddenText(allowedKinds, kind);
      messages.push({ severity: 'error', text, position: document.locate(path) });
    }
  }
  return messages;
}

function forbiddenText(allowedKinds: readonly Kind[], kind: string): string {
  return `this exercise is solved with ${allowedKinds.join(', ')} alone: leave out the ${kind}`;
}

/** A sandbox is there already: nothing is applied. What was made in it must be of the allowed kinds, too. */
function readSandbox(constraints: Constraints, { journal }: SubmittedSandbox): SubmissionReading {
  const messages = forbiddenMakings(constraints, journal).map(({ text }) => ({ severity: 'error', text }) as const);
  if (messages.length === 0) return { kind: 'readable', documents: [], answers: new Map() };
  return { kind: 'rejected', messages };
}

/** What was made that the exercise does not allow: each kind once, with the index of the entry that made it first. */
export function forbiddenMakings(
  { allowedKinds }: Constraints,
  journal: readonly JournalEntry[],
): readonly { readonly text: string; readonly entry: number }[] {
  if (!allowedKinds) return [];
  const made = new Map<Kind, number>();
  for (const [index, entry] of journal.entries()) {
    if (entry.do === 'request' && isMaking(entry) && !made.has(entry.request.kind)) made.set(entry.request.kind, index);
  }
  return [...made]
    .filter(([kind]) => !allowedKinds.includes(kind))
    .map(([kind, entry]) => ({ text: forbiddenText(allowedKinds, kind), entry }));
}

function isMaking({ request }: Extract<JournalEntry, { readonly do: 'request' }>): boolean {
  return request.verb === 'create' || (request.verb === 'patch' && request.patchType === 'apply');
}

function isKnownKind(kind: string): kind is Kind {
  return Object.hasOwn(resources, kind);
}

type KindAt = readonly [kind: string, path: readonly (string | number)[]];

function kindsIn({ value }: ManifestDocument): readonly KindAt[] {
  if (value.kind !== 'List' || !Array.isArray(value.items))
    return typeof value.kind === 'string' ? [[value.kind, ['kind']]] : [];
  return value.items.flatMap((item: unknown, index): readonly KindAt[] =>
    isJsonObject(item) && typeof item.kind === 'string' ? [[item.kind, ['items', index, 'kind']]] : [],
  );
}
