import type { AppliedDocument } from '@kubedrill/cluster-sim';
import type { CellFinding } from './checks/check-kind.ts';
import type { CheckDeclaration } from './checks/declaration.ts';
import type { DocumentServer } from './commands/typed-session.ts';
import { commandMessages, commandReports, DecidingCommands } from './commands/command-reports.ts';
import type { ExerciseInstance } from './exercise/instance.ts';
import { LearnerDocuments } from './feedback/learner-documents.ts';
import { SandboxChanges } from './feedback/sandbox-changes.ts';
import type {
  CellFeedback,
  CheckResult,
  Feedback,
  GradingResult,
  SubmissionMessage,
  Verdict,
} from './grading-result.ts';
import type { PreparedInstance } from './prepared-instance.ts';
import { receiptOf } from './receipt/receipt.ts';
import type { CheckLedger, CheckRecord } from './scenario/check-ledger.ts';
import type { Violation } from './scenario/kept-state.ts';
import { replayedSandbox } from './sandbox/replayed-sandbox.ts';
import { runScenario, type Interruption, type StepObserver } from './scenario/run-scenario.ts';
import { scoreOf, verdictOf } from './score.ts';
import type { SubmissionContent } from './submission-content.ts';
import { readSubmission } from './submission-reading.ts';

/**
 * Grades one submission on a fork of the instance's cluster. Pure: the same inputs give the same result to the byte. Without `serve`,
 * commands find no server to ask for anything but objects. `observe` is called after each step.
 */
export function gradeSubmission(
  prepared: PreparedInstance,
  content: SubmissionContent,
  serve?: DocumentServer,
  observe?: StepObserver,
): GradingResult {
  const { instance, baseline, manifests } = prepared;
  const reading = readSubmission(instance, content);
  if (reading.kind !== 'readable') {
    const limit = reading.kind === 'limited' ? reading.limit : undefined;
    return complete(instance, content, {
      checks: notRun(instance),
      verdict: reading.kind,
      messages: reading.messages,
      limit,
    });
  }
  const { documents, answers, commands } = reading;
  const begun = content.kind === 'sandbox' ? replayedSandbox(prepared, content.sandbox) : { cluster: baseline.fork() };
  const run = runScenario({ instance, ...begun, documents, answers, commands, manifests, serve, observe });
  const files = content.kind === 'files' ? content.files : [];
  const sources = {
    documents: new LearnerDocuments(run.applied, files, instance.namespace),
    changes: new SandboxChanges(content.kind === 'sandbox' ? content.sandbox.journal : []),
    ...(run.session ? { deciding: new DecidingCommands(run.session) } : {}),
  };
  const verdict = verdictAfter(run.interruption);
  const checks =
    verdict === 'rejected' ? notRun(instance) : instance.checks.map((check) => resultOf(check, run.ledger, sources));
  return complete(instance, content, {
    checks,
    verdict: verdict ?? verdictOf(checks),
    messages: [
      ...messagesOf(run.applied, run.interruption, sources.documents),
      ...(run.session ? commandMessages(run.session) : []),
    ],
    commands: run.session && commandReports(run.session),
    limit: run.interruption?.kind === 'limited' ? limitText(run.interruption.bound) : undefined,
  });
}

/** Where feedback leads to. */
interface Sources {
  readonly documents: LearnerDocuments;
  readonly changes: SandboxChanges;
  readonly deciding?: DecidingCommands;
}

interface Findings {
  readonly checks: readonly CheckResult[];
  readonly verdict: Verdict;
  readonly messages: readonly SubmissionMessage[];
  readonly commands?: GradingResult['commands'];
  readonly limit: GradingResult['limit'];
}

function complete(instance: ExerciseInstance, content: SubmissionContent, findings: Findings): GradingResult {
  const { checks, verdict, messages, commands, limit } = findings;
  const { score, points } = scoreOf(checks, instance.points);
  const result = {
    ...{ verdict, score, points, maxPoints: instance.points, checks, messages },
    ...(commands ? { commands } : {}),
    ...(limit ? { limit } : {}),
  };
  return { ...result, receipt: receiptOf(instance, content, result) };
}

function notRun({ checks }: ExerciseInstance): readonly CheckResult[] {
  return checks.map(({ id, title, weight }) => ({ id, title, weight, status: 'notRun', credit: 0 }));
}

function resultOf(check: CheckDeclaration, ledger: CheckLedger, sources: Sources): CheckResult {
  const { id, title, weight } = check;
  const record = ledger.of(check);
  if (!record) return { id, title, weight, status: 'notRun', credit: 0 };
  if (record.credit === 1) return { id, title, weight, status: 'passed', credit: 1 };
  const credit = Math.round(record.credit * 1e6) / 1e6;
  return { id, title, weight, status: 'failed', credit, feedback: feedbackOf(check, record, sources) };
}

function feedbackOf(
  { feedback: summary }: CheckDeclaration,
  { finding }: CheckRecord,
  { documents, changes, deciding }: Sources,
): Feedback {
  const { expected = '', observed = '', hops, evidence = [], cells } = finding ?? {};
  const source = documents.sourceOf(evidence);
  const change = changes.changeOf(evidence);
  const command = deciding?.of(evidence);
  return {
    ...{ summary, expected, observed },
    ...(hops ? { hops } : {}),
    ...(source ? { source } : {}),
    ...(change ? { change } : {}),
    ...(command ? { command } : {}),
    ...(cells ? { cells: cells.map((cell) => cellFeedback(cell, documents)) } : {}),
  };
}

function cellFeedback(
  { from, to, expected, observed, hops, evidence }: CellFinding,
  documents: LearnerDocuments,
): CellFeedback {
  const hop = hops?.at(-1);
  const source = documents.sourceOf(evidence);
  return { ...{ from, to, expected, observed }, ...(hop ? { hop } : {}), ...(source ? { source } : {}) };
}

function verdictAfter(interruption: Interruption | undefined): Verdict | undefined {
  switch (interruption?.kind) {
    case undefined:
      return undefined;
    case 'limited':
      return 'limited';
    case 'refused':
    case 'forbidden':
    case 'disallowed':
      return 'rejected';
  }
}

/** Refusals first, in the order of the documents, then what the API server warned of. */
function messagesOf(
  applied: readonly AppliedDocument[],
  interruption: Interruption | undefined,
  sources: LearnerDocuments,
): readonly SubmissionMessage[] {
  const messages: SubmissionMessage[] = [];
  if (interruption?.kind === 'forbidden') {
    for (const violation of interruption.violations) messages.push(violationMessage(violation, sources));
  }
  if (interruption?.kind === 'disallowed') messages.push(...interruption.messages);
  for (const { document, response, printed } of applied) {
    if (response.ok) continue;
    const field = response.status.details?.causes?.[0]?.field;
    const position = document.locate(field === undefined ? [] : fieldPathOf(field));
    messages.push({ severity: 'error', text: printed, position });
  }
  for (const { document, response } of applied) {
    for (const text of response.warnings) messages.push({ severity: 'warning', text, position: document.locate([]) });
  }
  return messages;
}

/** Kubernetes writes map keys in brackets and without quotes: metadata.labels[app]. */
function fieldPathOf(field: string): readonly (string | number)[] {
  const path = field.match(/[^.[\]]+/g) ?? [];
  return path.map((key) => (/^\d+$/.test(key) ? Number(key) : key));
}

function violationMessage(
  { text, kind, namespace, name, path }: Violation,
  sources: LearnerDocuments,
): SubmissionMessage {
  const source = sources.sourceOf([{ kind, namespace, name, path: fieldPathOf(path) }]);
  return {
    severity: 'error',
    text,
    ...(source ? { position: { file: source.file, line: source.line, column: source.column } } : {}),
  };
}

function limitText(bound: string): NonNullable<GradingResult['limit']> {
  const words: Readonly<Record<string, string>> = {
    maxObjects: 'the cluster of this exercise holds no more objects: send fewer',
    maxPods: 'the cluster of this exercise runs no more Pods: lower the replicas',
    maxReconciliationsPerSettle: 'the cluster did not come to rest: something in the submission never gets ready',
    maxSettleTime: 'the cluster did not come to rest in time: something in the submission never gets ready',
    maxCommands: 'these are more commands than the workstation takes: leave out those that change nothing',
    maxCommandSteps: 'the commands do more steps or print more than the workstation takes: a loop may never end',
    maxCommandTime: 'the commands wait for longer than the workstation lets them: sleep less',
    maxTraceBranches: 'there are more ways through the network than the grader follows: use fewer endpoints',
  };
  return { bound, text: words[bound] ?? `the bound ${bound} was hit` };
}
