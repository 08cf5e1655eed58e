import type { Hop } from '@kubedrill/cluster-sim';
import type { SourcePosition } from '@kubedrill/kube-model';

/** passed: every check. partial: some weight earned. rejected: the API server refused a manifest. limited: a bound was hit. */
export type Verdict = 'passed' | 'partial' | 'failed' | 'rejected' | 'limited';

/** What the grader says of one submission. Plain JSON: it crosses process borders and is stored as it is. */
export interface GradingResult {
  readonly verdict: Verdict;
  /** Share of the weight that was earned, 0 to 1, rounded to 6 decimals. */
  readonly score: number;
  /** Points of the variant times score, rounded to whole points (down). */
  readonly points: number;
  readonly maxPoints: number;
  /** In the author's order. */
  readonly checks: readonly CheckResult[];
  /** Documents that could not be read or were refused, and what the API server warned of. */
  readonly messages: readonly SubmissionMessage[];
  /** What was typed and what came of it; only where commands were submitted. */
  readonly commands?: readonly CommandReport[];
  /** Which bound was hit; only with verdict 'limited'. */
  readonly limit?: { readonly bound: string; readonly text: string };
  readonly receipt: Receipt;
}

export interface CheckResult {
  readonly id: string;
  readonly title: string;
  readonly weight: number;
  /** notRun: the scenario ended before this check (a refused manifest, a bound). */
  readonly status: 'passed' | 'failed' | 'notRun';
  /** Share of the check's weight that was earned, 0 to 1: partial credit inside a check. */
  readonly credit: number;
  readonly feedback?: Feedback;
}

export interface Feedback {
  /** One sentence for the learner: what is wrong, in the course's words. */
  readonly summary: string;
  readonly expected: string;
  readonly observed: string;
  /** The flow's stations, where the check looked at one; the last is where it ended. */
  readonly hops?: readonly Hop[];
  /** The field of the learner's manifest that decided. */
  readonly source?: SourceReference;
  /** For a sandbox: the change that decided. */
  readonly change?: ChangeReference;
  /** For commands: the one that decided. */
  readonly command?: CommandReference;
  /** Of a table of pairs those that differ, each with its own way and line. */
  readonly cells?: readonly CellFeedback[];
}

export interface CellFeedback {
  readonly from: string;
  readonly to: string;
  readonly expected: string;
  readonly observed: string;
  /** Where the flow ended: the last station. */
  readonly hop?: Hop;
  readonly source?: SourceReference;
}

/** A command as it was typed, with the beginning of its output. */
export interface CommandReport {
  /** From 1. */
  readonly number: number;
  /** The line of the submission on which it begins, from 1. */
  readonly line: number;
  readonly text: string;
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** It would have run on: it was interrupted, as by Ctrl-C. */
  readonly interrupted?: true;
}

/** changed: it was the last to change the object that decided. failed: nothing has changed it, and this one failed. */
export interface CommandReference extends Pick<CommandReport, 'number' | 'line' | 'text' | 'exitCode'> {
  readonly did: 'changed' | 'failed';
  /** What it printed, cut. */
  readonly output: string;
  /** "Service default/api spec.ports[0].targetPort". */
  readonly field?: string;
}

export interface SourceReference extends SourcePosition {
  /** "Service default/api spec.ports[0].targetPort". */
  readonly field: string;
  /** The line as it stands in the file. */
  readonly excerpt: string;
}

/** The last change of the object that decided, in the journal of a sandbox. */
export interface ChangeReference {
  /** "Service default/api spec.ports[0].targetPort". */
  readonly field: string;
  /** From 1. */
  readonly entry: number;
  /** "patch of Service default/api by kubectl-edit". */
  readonly request: string;
}

export interface SubmissionMessage {
  readonly severity: 'error' | 'warning';
  /** For refusals the words of the API server, as kubectl prints them. */
  readonly text: string;
  readonly position?: Partial<SourcePosition> & { readonly file: string };
}

/** Hex SHA-256 digests. The same inputs and engine give a byte-identical result anywhere. */
export interface Receipt {
  readonly engine: string;
  readonly exercise: string;
  readonly variant: string;
  readonly seed: number;
  readonly submission: string;
  readonly result: string;
}
