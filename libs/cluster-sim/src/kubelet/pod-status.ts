import type { Container, ContainerStatus, Pod, PodCondition, PodPhase, PodStatus } from '@kubedrill/kube-model';
import { isPodTerminal } from '../controllers/pod-state.ts';
import { formatTime, type Instant } from '../engine/time.ts';
import { containerStatus } from './container-status.ts';
import { initRoleOf, type ContainerRole } from './container-role.ts';
import { hasInitialized, phaseOf, type ContainerRuntimes } from './pod-phase.ts';
import type { PodRuntime } from './pod-runtime.ts';

export interface StatusSources {
  readonly pod: Pod;
  readonly runtime: PodRuntime;
  readonly hostAddress: string;
  readonly now: Instant;
  /** Ends are dictated: no restart follows them. */
  readonly isFinal: boolean;
  /** Present while all containers are being stopped for good, and afterwards. */
  readonly end: EndOfPod | undefined;
  /** Absent: the kubelet's own. */
  readonly conditionOrder?: readonly string[] | undefined;
  isReady(container: Container): boolean;
}

/** What somebody besides the containers has decided about the Pod's end. */
export type EndOfPod = Pick<PodStatus, 'reason' | 'message'> & { readonly phase?: PodPhase };

/** What the kubelet reports: pkg/kubelet/kubelet_pods.go generateAPIPodStatus. */
export function statusOf(sources: StatusSources, isTerminal = false): PodStatus {
  const { pod, runtime, hostAddress, now } = sources;
  const { containers, initContainers = [], ephemeralContainers = [] } = pod.spec;
  const { status } = pod;
  const isUp = runtime.address !== undefined;
  const phase = phaseIn(sources, isTerminal);
  const initStatuses = initContainers.map((container) => statusOfContainer(sources, container, initRoleOf(container)));
  const statuses = containers.map((container) => statusOfContainer(sources, container, 'main')).sort(byName);
  const ephemeral = ephemeralContainers.map((container) => statusOfContainer(sources, container, 'ephemeral'));
  const conditions = conditionsOf(pod, phase, isUp, runtime.containers, [...initStatuses, ...statuses], statuses);
  const { generation } = pod.metadata;
  return {
    ...status,
    phase,
    ...(sources.end?.reason === undefined ? {} : { reason: sources.end.reason, message: sources.end.message }),
    ...(generation === undefined ? {} : { observedGeneration: generation }),
    conditions: inOrder(withTimes(conditions, status.conditions ?? [], generation, now), sources.conditionOrder),
    hostIP: hostAddress,
    hostIPs: [{ ip: hostAddress }],
    ...(runtime.address === undefined ? {} : { podIP: runtime.address, podIPs: [{ ip: runtime.address }] }),
    startTime: status.startTime ?? formatTime(now),
    ...(initStatuses.length > 0 ? { initContainerStatuses: initStatuses } : {}),
    containerStatuses: statuses,
    ...(ephemeral.length > 0 ? { ephemeralContainerStatuses: ephemeral.sort(byName) } : {}),
  };
}

/** A phase that is final stays. */
function phaseIn({ pod, runtime, isFinal, end }: StatusSources, isTerminal: boolean): PodPhase {
  if (pod.status.phase !== undefined && isPodTerminal(pod)) return pod.status.phase;
  if (end?.phase) return end.phase;
  return runtime.address === undefined && runtime.containers.size === 0
    ? 'Pending'
    : phaseOf({ pod, runtimes: runtime.containers, isFinal, isTerminal });
}

/** Of a Pod whose containers have all stopped. One that never ran has failed (status_manager.go TerminatePod). */
export function terminatedStatus(sources: StatusSources): PodStatus {
  const status = statusOf(sources, true);
  if (status.phase === 'Succeeded' || status.phase === 'Failed') return status;
  const { containerStatuses = [], initContainerStatuses = [] } = status;
  const isInitialized = initContainerStatuses.length === 0 || hasInitialized(sources.pod, sources.runtime.containers);
  const lastMade = initContainerStatuses.findLastIndex(
    ({ state, lastState }) => !state.waiting || lastState?.terminated,
  );
  return {
    ...status,
    phase: 'Failed',
    containerStatuses: isInitialized ? containerStatuses.map(unlocated) : containerStatuses,
    ...(initContainerStatuses.length === 0
      ? {}
      : {
          initContainerStatuses: initContainerStatuses.map((container, index) =>
            index <= Math.max(lastMade, 0) ? unlocated(container) : container,
          ),
        }),
  };
}

function unlocated(status: ContainerStatus): ContainerStatus {
  if (status.state.terminated) return status;
  const message = 'The container could not be located when the pod was terminated';
  const unknown = {
    exitCode: 137,
    reason: 'ContainerStatusUnknown',
    message,
    startedAt: undefined,
    finishedAt: undefined,
  };
  return { ...status, state: { terminated: unknown } };
}

/** types.go SortedContainerStatuses; those of init containers stay in the order of the spec. */
function byName(left: ContainerStatus, right: ContainerStatus): number {
  return left.name < right.name ? -1 : 1;
}

function statusOfContainer(sources: StatusSources, container: Container, role: ContainerRole): ContainerStatus {
  const { pod, runtime } = sources;
  const before = pod.spec.initContainers?.length ? 'PodInitializing' : 'ContainerCreating';
  const ready = sources.isReady(container);
  return containerStatus(pod, container, role, runtime.containers.get(container.name), ready, before);
}

type Verdict = Pick<PodCondition, 'type' | 'status' | 'reason' | 'message'>;

/** pkg/kubelet/status/generate.go, in the order in which the kubelet lists them. */
function conditionsOf(
  pod: Pod,
  phase: PodPhase,
  isUp: boolean,
  runtimes: ContainerRuntimes,
  all: readonly ContainerStatus[],
  main: readonly ContainerStatus[],
): readonly Verdict[] {
  const isEnded = phase === 'Succeeded' || phase === 'Failed';
  const ready = containersReady(pod, phase, all, main);
  return [
    { type: 'PodReadyToStartContainers', status: isUp && !isEnded ? 'True' : 'False' },
    initialized(pod, phase, runtimes, all),
    podReady(pod, ready),
    ready,
  ];
}

function initialized(pod: Pod, phase: PodPhase, runtimes: ContainerRuntimes, all: readonly ContainerStatus[]): Verdict {
  const type = 'Initialized';
  if (phase === 'Succeeded') return { type, status: 'True', reason: 'PodCompleted' };
  if (hasInitialized(pod, runtimes)) return { type, status: 'True' };
  const incomplete = (pod.spec.initContainers ?? []).filter((container) => {
    const status = all.find(({ name }) => name === container.name);
    return container.restartPolicy === 'Always' ? !status?.started : !status?.ready;
  });
  if (incomplete.length === 0) return { type, status: 'True' };
  return {
    type,
    status: 'False',
    reason: 'ContainersNotInitialized',
    message: `containers with incomplete status: ${goList(incomplete)}`,
  };
}

function containersReady(
  { spec }: Pod,
  phase: PodPhase,
  all: readonly ContainerStatus[],
  main: readonly ContainerStatus[],
): Verdict {
  const type = 'ContainersReady';
  if (phase === 'Succeeded') return { type, status: 'False', reason: 'PodCompleted' };
  if (phase === 'Failed') return { type, status: 'False', reason: 'PodFailed' };
  const sidecars = (spec.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always');
  const counted = [...sidecars.flatMap(({ name }) => all.filter((status) => status.name === name)), ...main];
  const unready = counted.filter((status) => !status.ready);
  if (unready.length === 0) return { type, status: 'True' };
  return {
    type,
    status: 'False',
    reason: 'ContainersNotReady',
    message: `containers with unready status: ${goList(unready)}`,
  };
}

function podReady({ spec, status }: Pod, containers: Verdict): Verdict {
  if (containers.status !== 'True') return { ...containers, type: 'Ready' };
  const problems = (spec.readinessGates ?? []).flatMap(({ conditionType }) => {
    const condition = status.conditions?.find(({ type }) => type === conditionType);
    if (!condition) return [`corresponding condition of pod readiness gate "${conditionType}" does not exist.`];
    return condition.status === 'True'
      ? []
      : [`the status of pod readiness gate "${conditionType}" is not "True", but ${condition.status}`];
  });
  if (problems.length === 0) return { type: 'Ready', status: 'True' };
  return { type: 'Ready', status: 'False', reason: 'ReadinessGatesNotReady', message: problems.join(', ') };
}

/** A slice of strings as Go prints it. */
function goList(named: readonly { readonly name: string }[]): string {
  return `[${named.map(({ name }) => name).join(' ')}]`;
}

/** Conditions of others (PodScheduled, readiness gates) stay; a time changes only with the status. */
function withTimes(
  verdicts: readonly Verdict[],
  before: readonly PodCondition[],
  generation: number | undefined,
  now: Instant,
): readonly PodCondition[] {
  const conditions: PodCondition[] = [];
  const time = formatTime(now);
  for (const { type, status, reason, message } of verdicts) {
    const former = conditionIn(before, type);
    conditions.push({
      type,
      status,
      observedGeneration: generation,
      lastProbeTime: null,
      lastTransitionTime: former?.status === status ? former.lastTransitionTime : time,
      ...(reason === undefined ? undefined : { reason }),
      ...(message === undefined ? undefined : { message }),
    });
  }
  for (const condition of before) if (!conditionIn(conditions, condition.type)) conditions.push(condition);
  return conditions;
}

function inOrder(conditions: readonly PodCondition[], order: readonly string[] | undefined): readonly PodCondition[] {
  if (!order) return conditions;
  const rank = ({ type }: PodCondition): number => (order.includes(type) ? order.indexOf(type) : order.length);
  return [...conditions].sort((left, right) => rank(left) - rank(right));
}

function conditionIn(conditions: readonly PodCondition[], type: string): PodCondition | undefined {
  for (const condition of conditions) if (condition.type === type) return condition;
  return undefined;
}
