import type { CheckResult } from '../../src/grading-result.ts';
import { gradeSubmission } from '../../src/grade-submission.ts';
import { prepareInstance } from '../../src/prepared-instance.ts';
import type { SubmissionContent } from '../../src/submission-content.ts';
import { exampleInstance, type InstanceParts } from '../example-instance.ts';

/** One question to one check, with the answer that Kubernetes' behaviour demands. */
export interface CheckCase {
  readonly what: string;
  /** Kind and parameters, as an author writes them. */
  readonly check: Readonly<Record<string, unknown>>;
  readonly submission: string | Readonly<Record<string, string>>;
  readonly credit: number;
  /** Parts of the observation. */
  readonly observed?: readonly string[];
  /** Where the feedback points: line of submission.yaml and field. */
  readonly source?: { readonly line: number; readonly field: string };
  readonly instance?: Omit<InstanceParts, 'checks'>;
}

export function resultOf({ check, submission, instance = {} }: CheckCase): CheckResult {
  const isText = typeof submission === 'string';
  const content: SubmissionContent = isText
    ? { kind: 'files', files: [{ path: 'submission.yaml', content: submission }] }
    : { kind: 'answers', answers: submission };
  const prepared = prepareInstance(
    exampleInstance({ accepts: isText ? 'files' : 'answers', ...instance, checks: [{ id: 'it', ...check }] }),
  );
  const result = gradeSubmission(prepared, content);
  const [only] = result.checks;
  if (!only || only.status === 'notRun')
    throw new Error(`the check did not run: ${JSON.stringify([result.messages, result.limit])}`);
  return only;
}
