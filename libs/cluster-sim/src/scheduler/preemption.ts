import type { Pod, PodDisruptionBudget } from '@kubedrill/kube-model';
import { matcherOf } from '../controllers/label-selector.ts';
import type { ObjectView } from '../store/object-view.ts';
import { conditionOf } from '../controllers/pod-state.ts';
import type { Rejection } from './node-filters.ts';
import type { NodeInfo } from './node-info.ts';
import { isAlive, nominatedNode, priorityOf, schedulingSpec } from './scheduled-pod.ts';

/** pkg/scheduler/framework/preemption and plugins/defaultpreemption. */

export const preemptionReason = 'PreemptionByScheduler';

/** A node on which the Pod would fit if these went, the more important first. */
export interface Candidate {
  readonly info: NodeInfo;
  readonly victims: readonly Pod[];
  /** How many of them a disruption budget would keep. */
  readonly violations: number;
}

export type Preemption =
  | { readonly kind: 'victims'; readonly candidate: Candidate }
  /** The Pod may not, for now or at all. */
  | { readonly kind: 'notEligible'; readonly why: string }
  /** Why it would not help, node by node. */
  | { readonly kind: 'useless'; readonly rejections: readonly Rejection[] };

/** Why the Pod does not fit on the node without the others; undefined: it does. */
export type FitWithout = (info: NodeInfo, gone: ReadonlySet<Pod>) => Rejection | undefined;

export interface Rejected {
  readonly info: NodeInfo;
  readonly rejection: Rejection;
}

const notHelpful: Rejection = { reasons: ['Preemption is not helpful for scheduling'], isFinal: true };
const noVictims: Rejection = { reasons: ['No preemption victims found for incoming pod'], isFinal: true };

export function preempt(pod: Pod, rejected: readonly Rejected[], view: ObjectView, fits: FitWithout): Preemption {
  const why = ineligibility(pod, rejected, view);
  if (why !== undefined) return { kind: 'notEligible', why };
  const budgets = view.list('PodDisruptionBudget');
  const candidates: Candidate[] = [];
  const rejections: Rejection[] = [];
  for (const { info, rejection } of rejected) {
    const found = rejection.isFinal ? notHelpful : victimsOn(pod, info, view, { fits, budgets });
    if ('victims' in found) candidates.push(found);
    else rejections.push(found);
  }
  const candidate = bestCandidate(candidates);
  return candidate ? { kind: 'victims', candidate } : { kind: 'useless', rejections };
}

/** PodEligibleToPreemptOthers. */
function ineligibility(pod: Pod, rejected: readonly Rejected[], view: ObjectView): string | undefined {
  if (schedulingSpec(pod).preemptionPolicy === 'Never') return 'not eligible due to preemptionPolicy=Never.';
  const nominated = nominatedNode(pod);
  if (!nominated) return undefined;
  const status = rejected.find(({ info }) => info.node.metadata.name === nominated);
  if (status?.rejection.isFinal) return undefined;
  const isMakingRoom = (other: Pod): boolean => priorityOf(other) < priorityOf(pod) && isLeaving(other);
  return view.indexed('Pod', 'node', nominated).some(isMakingRoom)
    ? 'not eligible due to a terminating pod on the nominated node.'
    : undefined;
}

function isLeaving(pod: Pod): boolean {
  const { status, reason } = conditionOf(pod, 'DisruptionTarget') ?? {};
  return pod.metadata.deletionTimestamp !== undefined && status === 'True' && reason === preemptionReason;
}

interface Trial {
  readonly fits: FitWithout;
  readonly budgets: readonly PodDisruptionBudget[];
}

/** SelectVictimsOnNode: all who are less important would have to go, and then as many as possible may stay. */
function victimsOn(pod: Pod, info: NodeInfo, view: ObjectView, { fits, budgets }: Trial): Candidate | Rejection {
  const potential = view
    .indexed('Pod', 'node', info.node.metadata.name)
    .filter((other) => isAlive(other) && priorityOf(other) < priorityOf(pod));
  if (potential.length === 0) return noVictims;
  const gone = new Set(potential);
  const rejection = fits(info, gone);
  if (rejection) return rejection;
  const [violating, others] = byBudgets([...potential].sort(moreImportant), budgets);
  const isVictim = (other: Pod): boolean => {
    gone.delete(other);
    if (!fits(info, gone)) return false;
    gone.add(other);
    return true;
  };
  const protectedVictims = violating.filter(isVictim);
  const victims = [...protectedVictims, ...others.filter(isVictim)];
  return { info, victims: victims.sort(moreImportant), violations: protectedVictims.length };
}

/** util.MoreImportantPod. */
function moreImportant(left: Pod, right: Pod): number {
  if (priorityOf(left) !== priorityOf(right)) return priorityOf(right) - priorityOf(left);
  return startOf(left) < startOf(right) ? -1 : Number(startOf(left) > startOf(right));
}

/** RFC 3339 in UTC sorts as text; a Pod that has not started is the youngest. */
function startOf({ status }: Pod): string {
  return status.startTime ?? '~';
}

/** filterPodsWithPDBViolation: those for which a budget has nothing left, and the others. */
function byBudgets(pods: readonly Pod[], budgets: readonly PodDisruptionBudget[]): readonly [Pod[], Pod[]] {
  const allowed = budgets.map(({ status }) => status.disruptionsAllowed);
  const [violating, others]: [Pod[], Pod[]] = [[], []];
  for (const pod of pods) {
    let isViolating = false;
    budgets.forEach((budget, index) => {
      if (!isCovered(pod, budget)) return;
      const left = (allowed[index] ?? 0) - 1;
      allowed[index] = left;
      if (left < 0) isViolating = true;
    });
    (isViolating ? violating : others).push(pod);
  }
  return [violating, others];
}

function isCovered({ metadata }: Pod, { metadata: { namespace }, spec, status }: PodDisruptionBudget): boolean {
  const { matchLabels = {}, matchExpressions = [] } = spec.selector ?? {};
  const isEmpty = Object.keys(matchLabels).length + matchExpressions.length === 0;
  if (namespace !== metadata.namespace || isEmpty || Object.keys(metadata.labels ?? {}).length === 0) return false;
  return matcherOf(spec.selector)(metadata.labels) && status.disruptedPods?.[metadata.name] === undefined;
}

/** pickOneNodeForPreemption; what is left to chance there is decided by the order of the nodes. */
const criteria: readonly ((candidate: Candidate) => number)[] = [
  ({ violations }) => -violations,
  ({ victims: [first] }) => (first ? -priorityOf(first) : 0),
  ({ victims }) => -victims.reduce((sum, victim) => sum + priorityOf(victim) + 2 ** 31, 0),
  ({ victims }) => -victims.length,
  ({ victims }) => earliestStart(victims),
];

/** Of the most important victims. */
function earliestStart(victims: readonly Pod[]): number {
  const highest = Math.max(...victims.map(priorityOf));
  const starts = victims.filter((victim) => priorityOf(victim) === highest).map(({ status }) => status.startTime);
  return Math.min(...starts.map((start) => (start === undefined ? Number.MAX_SAFE_INTEGER : Date.parse(start))));
}

function bestCandidate(candidates: readonly Candidate[]): Candidate | undefined {
  let left = candidates;
  for (const worth of criteria) {
    if (left.length < 2) break;
    const most = Math.max(...left.map(worth));
    left = left.filter((candidate) => worth(candidate) === most);
  }
  return left[0];
}
