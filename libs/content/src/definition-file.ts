import { parseManifests, type FieldPath, type JsonObject } from '@kubedrill/kube-model';
import type { ContentIssue } from './content-issue.ts';
import type { DefinitionProblem } from './definition-problem.ts';

/** An exercise.yaml or module.yaml, with the places of its fields. */
export interface DefinitionFile {
  readonly value: JsonObject;
  issueAt(problem: DefinitionProblem, severity?: ContentIssue['severity']): ContentIssue;
}

export type DefinitionReading =
  | { readonly ok: true; readonly file: DefinitionFile }
  | { readonly ok: false; readonly issues: readonly ContentIssue[] };

export function readDefinition(path: string, content: string): DefinitionReading {
  const { documents, issues } = parseManifests([{ path, content }]);
  if (issues.length > 0) return { ok: false, issues: issues.map((issue) => ({ severity: 'error', ...issue })) };
  const [document] = documents;
  if (!document || documents.length > 1) {
    return {
      ok: false,
      issues: [{ severity: 'error', file: path, message: `holds ${documents.length} documents: write one` }],
    };
  }
  const issueAt: DefinitionFile['issueAt'] = (problem, severity = 'error') => {
    const { line, column } = document.locate(problem.path);
    return { severity, file: path, line, column, message: describe(problem.path, problem.message) };
  };
  return { ok: true, file: { value: document.value, issueAt } };
}

function describe(path: FieldPath, message: string): string {
  const field = path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : `${text}.${key}`),
    '',
  );
  return field === '' ? message : `${field.slice(1)}: ${message}`;
}
