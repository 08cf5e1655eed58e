import type { AppliedDocument, Cluster, ClusterBounds, Probe, SettleReport, Trace } from '@kubedrill/cluster-sim';
import type { ManifestDocument } from '@kubedrill/kube-model';
import type { TerminalBound } from '@kubedrill/kubectl';
import type { CheckContext, Finding } from '../checks/check-kind.ts';
import { runCheck } from '../checks/registry.ts';
import { expectsRefusal } from '../checks/rejection/rejection.ts';
import { disallowedMessages } from '../commands/command-reports.ts';
import { typedSession, type TypedSession, type DocumentServer } from '../commands/typed-session.ts';
import { formatDuration } from '../exercise/duration.ts';
import type { ExerciseInstance } from '../exercise/instance.ts';
import { withTemplates } from '../feedback/template-evidence.ts';
import type { SubmissionMessage } from '../grading-result.ts';
import { describePodSet, podsOf } from '../observe/pods.ts';
import {
  cordon,
  deletePods,
  drain,
  killNode,
  losePod,
  relabelPods,
  reviveNode,
  scale,
  stopProcesses,
  type Occasion,
} from './actions.ts';
import { CheckLedger } from './check-ledger.ts';
import { changedFields, immutableValues, type Violation } from './immutable-fields.ts';
import type { Step } from './step.ts';

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
  /** What the immutable fields held before the learner changed anything; absent: before the documents are applied. */
  readonly immutable?: ReturnType<typeof immutableValues>;
  readonly observe?: StepObserver | undefined;
}

/** Is shown the cluster after each step that changes it. Whoever wants to keep it forks it. */
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
    if (isChange(step)) input.observe?.(input.cluster, run.outcome().applied);
  }
  return run.outcome();
}

function isChange({ check, everyPodLoss }: Step): boolean {
  return check === undefined && everyPodLoss === undefined;
}

class Run {
  private readonly input: ScenarioInput;
  private readonly cluster: Cluster;
  private readonly ledger = new CheckLedger();
  private applied: readonly AppliedDocument[] = [];
  private session: TypedSession | undefined;
  private occasion: Occasion = '';

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
    if (step.everyPodLoss) return this.everyPodLoss(step.everyPodLoss);
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
    const before = this.input.immutable ?? immutableValues(this.cluster, instance.constraints);
    if (this.input.commands !== undefined) return this.typeCommands(this.input.commands, before);
    this.applied = this.cluster.apply(documents, { namespace: instance.namespace });
    const refused = this.applied.filter((entry) => !entry.response.ok && !this.isExpected(entry));
    const bound = refused.map(exceededBound).find((exceeded) => exceeded !== undefined);
    if (bound !== undefined) return { kind: 'limited', bound };
    if (refused.length > 0) return { kind: 'refused', refused };
    const violations = changedFields(this.cluster, before);
    if (violations.length > 0) return { kind: 'forbidden', violations };
    return limitOf(this.cluster.settle());
  }

  private typeCommands(text: string, before: ReturnType<typeof immutableValues>): Interruption | undefined {
    const { instance } = this.input;
    const session = typedSession(this.cluster, instance, text, this.input.serve);
    this.session = session;
    if (session.bound !== undefined) return { kind: 'limited', bound: session.bound };
    const messages = disallowedMessages(session, instance.constraints);
    if (messages.length > 0) return { kind: 'disallowed', messages };
    const violations = changedFields(this.cluster, before);
    return violations.length > 0 ? { kind: 'forbidden', violations } : undefined;
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

  private everyPodLoss({ of, after, check }: NonNullable<Step['everyPodLoss']>): Interruption | undefined {
    const pods = podsOf(this.cluster, of);
    if (pods.length === 0) return this.check(check, this.cluster, `without ${describePodSet(of)}`);
    for (const pod of pods) {
      const fork = this.cluster.fork();
      losePod(fork, pod);
      const interruption =
        limitOf(after === undefined ? fork.settle() : fork.advance(after)) ??
        this.check(check, fork, `after the loss of Pod ${pod.metadata.name}`);
      if (interruption) return interruption;
    }
    return undefined;
  }

  private check(ids: 'all' | readonly string[], cluster: Cluster, occasion: Occasion): Interruption | undefined {
    let limit: Interruption | undefined;
    const context: CheckContext = {
      cluster,
      applied: this.applied,
      answers: this.input.answers,
      trace(probe: Probe, on: Cluster = cluster): Trace {
        const trace = on.trace(probe);
        if (trace.outcomes.some(({ outcome }) => outcome.kind === 'limited'))
          limit = { kind: 'limited', bound: 'maxTraceBranches' };
        return trace;
      },
    };
    for (const check of this.input.instance.checks) {
      if (ids !== 'all' && !ids.includes(check.id)) continue;
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
  return { ...finding, observed, evidence: withTemplates(finding.evidence ?? [], cluster) };
}

/** Not a refusal of Kubernetes but the simulation's own: there are as many objects as it holds. */
function exceededBound({ response }: AppliedDocument): keyof ClusterBounds | undefined {
  if (response.ok || response.status.reason !== 'TooManyRequests') return undefined;
  return response.status.details?.causes?.[0]?.field === 'maxPods' ? 'maxPods' : 'maxObjects';
}

function limitOf(report: SettleReport): Interruption | undefined {
  return report.kind === 'limited' ? { kind: 'limited', bound: report.bound } : undefined;
}
