import type { AppliedDocument, Cluster, ClusterBounds, Probe, SettleReport, Trace } from '@kubedrill/cluster-sim';
import type { ManifestDocument } from '@kubedrill/kube-model';
import type { TerminalBound } from '@kubedrill/kubectl';
import type { CheckContext, Finding } from '../checks/check-kind.ts';
import type { CheckDeclaration } from '../checks/declaration.ts';
import { runCheck } from '../checks/registry.ts';
import { expectsRefusal } from '../checks/rejection/rejection.ts';
import { disallowedMessages } from '../commands/command-reports.ts';
import { typedSession, type TypedSession, type DocumentServer } from '../commands/typed-session.ts';
import { formatDuration } from '../exercise/duration.ts';
import type { ExerciseInstance } from '../exercise/instance.ts';
import { withTemplates } from '../feedback/template-evidence.ts';
import type { SubmissionMessage } from '../grading-result.ts';
import {
  cordon,
  deletePods,
  drain,
  killNode,
  relabelPods,
  reviveNode,
  scale,
  stopProcesses,
  type Occasion,
} from './actions.ts';
import { CheckLedger } from './check-ledger.ts';
import { keptState, violations, type KeptState, type Violation } from './kept-state.ts';
import { otherOrders } from './document-orders.ts';
import { lossesOf, type Losses } from './losses.ts';
import { trialOf, type Step } from './step.ts';

export interface ScenarioInput {
  readonly instance: ExerciseInstance;
  /** Changed by the run: hand in a fork. */
  readonly cluster: Cluster;
  readonly documents: readonly ManifestDocument[];
  readonly answers: ReadonlyMap<string, string>;
  /** What is typed at the workstation where the submission is applied. */
  readonly commands?: string | undefined;
  readonly serve?: DocumentServer | undefined;
  /** Of the exercise's own files, by path. */
  readonly manifests: ReadonlyMap<string, readonly ManifestDocument[]>;
  /** What the constraints speak of before the learner changed anything; absent: as it is before the documents are applied. */
  readonly kept?: KeptState;
  readonly observe?: StepObserver | undefined;
}

/** Is shown the cluster after each step that changes it, and after each loss that is tried. Whoever wants to keep it forks it. */
export type StepObserver = (cluster: Cluster, applied: readonly AppliedDocument[]) => void;

/** Why a scenario ended before its last step. */
export type Interruption =
  | { readonly kind: 'refused'; readonly refused: readonly AppliedDocument[] }
  | { readonly kind: 'forbidden'; readonly violations: readonly Violation[] }
  /** Commands made kinds of objects that the exercise does not allow. */
  | { readonly kind: 'disallowed'; readonly messages: readonly SubmissionMessage[] }
  | { readonly kind: 'limited'; readonly bound: keyof ClusterBounds | TerminalBound };

export interface ScenarioRun {
  readonly applied: readonly AppliedDocument[];
  readonly ledger: CheckLedger;
  /** What commands did. */
  readonly session?: TypedSession;
  readonly interruption?: Interruption;
}

export function runScenario(input: ScenarioInput): ScenarioRun {
  const run = new Run(input);
  for (const step of input.instance.scenario) {
    const interruption = run.take(step);
    if (interruption) return { ...run.outcome(), interruption };
    if (step.check === undefined && !trialOf(step)) input.observe?.(input.cluster, run.outcome().applied);
  }
  return run.outcome();
}

class Run {
  private readonly input: ScenarioInput;
  private readonly cluster: Cluster;
  private readonly ledger = new CheckLedger();
  private applied: readonly AppliedDocument[] = [];
  private session: TypedSession | undefined;
  private occasion: Occasion = '';
  /** The cluster before the submission was applied; kept where a step begins there once more. */
  private begun: Cluster | undefined;

  constructor(input: ScenarioInput) {
    this.input = input;
    this.cluster = input.cluster;
  }

  outcome(): ScenarioRun {
    const { applied, ledger, session } = this;
    return { applied, ledger, ...(session ? { session } : {}) };
  }

  take(step: Step): Interruption | undefined {
    const { cluster } = this;
    if (step.check !== undefined) return this.check(step.check, cluster, this.occasion);
    if (step.apply !== undefined)
      return step.apply === 'submission' ? this.applySubmission() : this.applyFiles(step.apply);
    if (step.everyOrder) return this.everyOrder(step.everyOrder);
    const losses = lossesOf(cluster, step);
    if (losses) return this.everyLoss(losses);
    if (step.advance !== undefined) {
      this.occasion = `${formatDuration(step.advance)} later`;
      return limitOf(cluster.advance(step.advance));
    }
    const occasion = this.act(step);
    if (occasion !== undefined) this.occasion = occasion;
    return limitOf(step.killNode?.after === undefined ? cluster.settle() : cluster.advance(step.killNode.after));
  }

  private act(step: Step): Occasion | undefined {
    const { cluster } = this;
    if (step.deletePod) return deletePods(cluster, step.deletePod);
    if (step.scale) return scale(cluster, step.scale);
    if (step.relabel) return relabelPods(cluster, step.relabel);
    if (step.makeUnready) return stopProcesses(cluster, step.makeUnready);
    if (step.cordon) return cordon(cluster, step.cordon.node);
    if (step.killNode) return killNode(cluster, step.killNode.node);
    if (step.reviveNode) return reviveNode(cluster, step.reviveNode.node);
    return step.drain && drain(cluster, step.drain.node);
  }

  private applySubmission(): Interruption | undefined {
    const { instance, documents } = this.input;
    const before = this.input.kept ?? keptState(this.cluster, instance.constraints);
    if (this.input.commands !== undefined) return this.typeCommands(this.input.commands, before);
    if (instance.scenario.some(({ everyOrder }) => everyOrder)) this.begun = this.cluster.fork();
    this.applied = this.cluster.apply(documents, { namespace: instance.namespace });
    const refused = this.applied.filter((entry) => !entry.response.ok && !this.isExpected(entry));
    const bound = refused.map(exceededBound).find((exceeded) => exceeded !== undefined);
    if (bound !== undefined) return { kind: 'limited', bound };
    if (refused.length > 0) return { kind: 'refused', refused };
    return this.forbidden(before) ?? limitOf(this.cluster.settle());
  }

  private typeCommands(text: string, before: KeptState): Interruption | undefined {
    const { instance } = this.input;
    const session = typedSession(this.cluster, instance, text, this.input.serve);
    this.session = session;
    if (session.bound !== undefined) return { kind: 'limited', bound: session.bound };
    const messages = disallowedMessages(session, instance.constraints);
    if (messages.length > 0) return { kind: 'disallowed', messages };
    return this.forbidden(before);
  }

  private forbidden(before: KeptState): Interruption | undefined {
    const found = violations(this.cluster, this.input.instance.constraints, before);
    return found.length > 0 ? { kind: 'forbidden', violations: found } : undefined;
  }

  private isExpected(entry: AppliedDocument): boolean {
    return this.input.instance.checks.some((check) => check.kind === 'rejection' && expectsRefusal(check, entry));
  }

  private applyFiles(paths: readonly string[]): Interruption | undefined {
    for (const path of paths) {
      const documents = this.input.manifests.get(path);
      if (!documents) throw new Error(`the scenario applies "${path}", which the exercise does not hold`);
      this.cluster.apply(documents, { namespace: this.input.instance.namespace });
    }
    this.occasion = `after ${paths.join(', ')} was applied`;
    return limitOf(this.cluster.settle());
  }

  private everyLoss({ losses, of, after, check }: Losses): Interruption | undefined {
    if (losses.length === 0) return this.check(check, this.cluster, `without ${of}`);
    for (const { what, strike } of losses) {
      const fork = this.cluster.fork();
      strike(fork);
      const limit = limitOf(after === undefined ? fork.settle() : fork.advance(after));
      if (!limit) this.input.observe?.(fork, this.applied);
      const interruption = limit ?? this.check(check, fork, `after the loss of ${what}`);
      if (interruption) return interruption;
    }
    return undefined;
  }

  private everyOrder({ check }: NonNullable<Step['everyOrder']>): Interruption | undefined {
    const { begun } = this;
    const orders = begun ? otherOrders(this.input.documents) : [];
    if (!begun || orders.length === 0) return this.check(check, this.cluster, this.occasion);
    for (const { text, documents } of orders) {
      const fork = begun.fork();
      const applied = documents.flatMap((document) => {
        const answers = fork.apply([document], { namespace: this.input.instance.namespace });
        fork.settle();
        return answers;
      });
      const refused = applied.find((entry) => !entry.response.ok && !this.isExpected(entry));
      if (refused)
        this.fail(check, {
          expected: 'the documents are accepted in any order',
          observed: `${text}: ${refused.printed}`,
        });
      const interruption = refused ? undefined : (limitOf(fork.settle()) ?? this.check(check, fork, text, applied));
      if (interruption) return interruption;
    }
    return undefined;
  }

  private fail(ids: 'all' | readonly string[], finding: Finding): void {
    for (const check of this.chosen(ids)) this.ledger.record(check, { credit: 0, finding });
  }

  private chosen(ids: 'all' | readonly string[]): readonly CheckDeclaration[] {
    return this.input.instance.checks.filter(({ id }) => ids === 'all' || ids.includes(id));
  }

  private check(
    ids: 'all' | readonly string[],
    cluster: Cluster,
    occasion: Occasion,
    applied = this.applied,
  ): Interruption | undefined {
    let limit: Interruption | undefined;
    const context: CheckContext = {
      cluster,
      applied,
      answers: this.input.answers,
      trace(probe: Probe, on: Cluster = cluster): Trace {
        const trace = on.trace(probe);
        if (trace.outcomes.some(({ outcome }) => outcome.kind === 'limited'))
          limit = { kind: 'limited', bound: 'maxTraceBranches' };
        return trace;
      },
    };
    for (const check of this.chosen(ids)) {
      const { credit, explain } = runCheck(check, context);
      if (limit) return limit;
      if (credit === 1) this.ledger.record(check, { credit });
      else this.ledger.record(check, { credit, finding: findingOf(explain(), cluster, occasion) });
    }
    return undefined;
  }
}

/** With the occasion in front, and with the templates of Pods that may be gone when the run is over. */
function findingOf(finding: Finding, cluster: Cluster, occasion: Occasion): Finding {
  const observed = occasion === '' ? finding.observed : `${occasion}: ${finding.observed}`;
  const cells = finding.cells?.map((cell) => ({ ...cell, evidence: withTemplates(cell.evidence, cluster) }));
  return {
    ...finding,
    observed,
    evidence: withTemplates(finding.evidence ?? [], cluster),
    ...(cells ? { cells } : {}),
  };
}

/** Not a refusal of Kubernetes but the simulation's own: there are as many objects as it holds. */
function exceededBound({ response }: AppliedDocument): keyof ClusterBounds | undefined {
  if (response.ok || response.status.reason !== 'TooManyRequests') return undefined;
  return response.status.details?.causes?.[0]?.field === 'maxPods' ? 'maxPods' : 'maxObjects';
}

function limitOf(report: SettleReport): Interruption | undefined {
  return report.kind === 'limited' ? { kind: 'limited', bound: report.bound } : undefined;
}
