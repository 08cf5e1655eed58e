import { parseManifests, type JsonObject, type ManifestDocument, type ManifestFile } from '@kubedrill/kube-model';
import { LearnerDocuments } from '../feedback/learner-documents.ts';
import { gradeSubmission } from '../grade-submission.ts';
import type { GradingResult, SourceReference } from '../grading-result.ts';
import type { PreparedInstance } from '../prepared-instance.ts';
import { editsOf } from './edits-of-submission.ts';
import { describeEdit, edited, sizeOf, type ManifestEdit } from './manifest-edit.ts';

/** The smallest change found of a learner's own manifests with which a failed check passes. */
export interface Counterfactual {
  readonly check: string;
  /** Where: the line to look at; what is to be added belongs under it. */
  readonly place: SourceReference;
  /** What: "spec.ports[0].targetPort: 5678 instead of 80". */
  readonly edit: string;
  /** The score that the submission would have had, 0 to 1. */
  readonly score: number;
  /** Gradings that the search took. */
  readonly tried: number;
}

/** Gradings, of a millisecond each where the scenario is short. */
const maxGradings = 1_000;

/**
 * Tries edits of one field each, the smaller ones and those near the deciding line first. An edit counts when the check passes and
 * every check still passes that had passed before. Undefined: none does. After each
 * grading it yields, so that the caller can give up when it has taken too long.
 */
export function* smallestEdit(
  prepared: PreparedInstance,
  files: readonly ManifestFile[],
  check: string,
): Generator<undefined, Counterfactual | undefined> {
  const result = gradeSubmission(prepared, { kind: 'files', files });
  const failed = result.checks.find(({ id, status }) => id === check && status === 'failed');
  const { documents } = parseManifests(files);
  if (!failed) return undefined;
  const passed = result.checks.filter(({ status }) => status === 'passed').map(({ id }) => id);
  const ordered = candidatesFor(prepared, documents, failed.feedback?.source).slice(0, maxGradings);
  for (const [index, edit] of ordered.entries()) {
    yield;
    const after = gradeSubmission(prepared, { kind: 'files', files: filesWith(documents, edit) });
    if (!passes(after, [...passed, check])) continue;
    const document = documents[edit.document];
    if (!document) throw new Error('an edit names a document that there is none of');
    const sources = new LearnerDocuments([], files, prepared.instance.namespace);
    const place = sources.reference(document, edit.path);
    return { check, place, edit: describeEdit(edit), score: after.score, tried: index + 2 };
  }
  return undefined;
}

function passes({ checks }: GradingResult, wanted: readonly string[]): boolean {
  return wanted.every((id) => checks.some((check) => check.id === id && check.status === 'passed'));
}

/** A change on the deciding line counts as this many characters less. */
const nearness = 12;

function candidatesFor(
  prepared: PreparedInstance,
  documents: readonly ManifestDocument[],
  source: SourceReference | undefined,
): readonly ManifestEdit[] {
  const cost = (edit: ManifestEdit): number => {
    const position = documents[edit.document]?.locate(edit.path);
    const isNear = position?.file === source?.file && position?.line === source?.line;
    return sizeOf(edit) - (isNear ? nearness : 0);
  };
  return editsOf(prepared, documents)
    .map((edit) => ({ edit, cost: cost(edit) }))
    .sort((a, b) => a.cost - b.cost)
    .map(({ edit }) => edit);
}

/** All documents, one of them with the edit: JSON, which YAML contains. */
function filesWith(documents: readonly ManifestDocument[], edit: ManifestEdit): readonly ManifestFile[] {
  const values: readonly JsonObject[] = documents.map(({ value }, index) =>
    index === edit.document ? edited(value, edit) : value,
  );
  return [{ path: 'edited.yaml', content: values.map((value) => JSON.stringify(value)).join('\n---\n') }];
}
