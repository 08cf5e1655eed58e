import type { Container, ContainerState, ContainerStatus, Pod } from '@kubedrill/kube-model';
import type { Instant } from '../../engine/time.ts';
import { ageColumn, column, nameColumn, timeSince, wide } from './table.ts';
import type { TableColumn } from './table.ts';

/** kubernetes/pkg/printers/internalversion/printers.go printPod. */
export const podTable: readonly TableColumn<'Pod'>[] = [
  nameColumn,
  column('Ready', (pod) => {
    const { ready, total } = summarize(pod);
    return `${ready}/${total}`;
  }),
  column('Status', (pod) => summarize(pod).reason),
  column('Restarts', (pod, now) => restartsText(summarize(pod), now)),
  ageColumn,
  wide('IP', ({ status }) => status.podIPs?.[0]?.ip ?? '<none>'),
  wide('Node', ({ spec }) => spec.nodeName ?? '<none>'),
  wide('Nominated Node', () => '<none>'),
  wide('Readiness Gates', readinessGates),
];

interface Restarts {
  readonly count: number;
  /** RFC 3339; '' for never. */
  readonly last: string;
}

interface PodSummary {
  readonly ready: number;
  readonly total: number;
  readonly reason: string;
  readonly restarts: Restarts;
}

/** Where the init containers have got to; `reason` where the Pod is still held up by one. */
interface Initialization {
  readonly reason?: string;
  readonly ready: number;
  readonly all: Restarts;
  readonly sidecars: Restarts;
}

const never: Restarts = { count: 0, last: '' };

function summarize(pod: Pod): PodSummary {
  const { spec, status, metadata } = pod;
  const total = spec.containers.length + (spec.initContainers ?? []).filter(isSidecar).length;
  const initialization = summarizeInit(pod);
  const isInitialized = (status.conditions ?? []).some(
    ({ type, status }) => type === 'Initialized' && status === 'True',
  );
  const held = initialization.reason !== undefined && !isInitialized;
  const base = initialization.reason ?? phaseReason(pod);
  const main = held ? undefined : summarizeMain(pod, base);
  const reason = main?.reason ?? base;
  const isTerminal = status.phase === 'Succeeded' || status.phase === 'Failed';
  return {
    ready: initialization.ready + (main?.ready ?? 0),
    total,
    reason:
      metadata.deletionTimestamp === undefined
        ? reason
        : status.reason === 'NodeLost'
          ? 'Unknown'
          : isTerminal
            ? reason
            : 'Terminating',
    restarts: main ? add(initialization.sidecars, main.restarts) : initialization.all,
  };
}

function phaseReason({ status }: Pod): string {
  const gated = (status.conditions ?? []).some(
    ({ type, reason }) => type === 'PodScheduled' && reason === 'SchedulingGated',
  );
  if (gated) return 'SchedulingGated';
  return status.reason !== undefined && status.reason !== '' ? status.reason : (status.phase ?? '');
}

function isSidecar({ restartPolicy }: Container): boolean {
  return restartPolicy === 'Always';
}

function summarizeInit({ spec, status }: Pod): Initialization {
  const containers = new Map((spec.initContainers ?? []).map((container) => [container.name, container]));
  let ready = 0;
  let all = never;
  let sidecars = never;
  for (const [index, container] of (status.initContainerStatuses ?? []).entries()) {
    const declared = containers.get(container.name);
    const sidecar = declared !== undefined && isSidecar(declared);
    all = add(all, restartsOf(container));
    if (sidecar) sidecars = add(sidecars, restartsOf(container));
    if (container.state.terminated?.exitCode === 0) continue;
    if (sidecar && container.started === true) {
      if (container.ready) ready += 1;
      continue;
    }
    return { reason: initReason(container.state, index, containers.size), ready, all, sidecars };
  }
  return { ready, all, sidecars };
}

function initReason({ terminated, waiting }: ContainerState, index: number, total: number): string {
  if (terminated) return `Init:${orElse(terminated.reason, `ExitCode:${terminated.exitCode}`)}`;
  const reason = waiting?.reason ?? '';
  return reason !== '' && reason !== 'PodInitializing' ? `Init:${reason}` : `Init:${index}/${total}`;
}

/** The first container's reason wins; a Pod with one that still runs is not completed. */
function summarizeMain({ status }: Pod, base: string): { ready: number; reason: string; restarts: Restarts } {
  let reason = base;
  let failure = '';
  let ready = 0;
  let restarts = never;
  for (const container of [...(status.containerStatuses ?? [])].reverse()) {
    const { waiting, terminated, running } = container.state;
    restarts = add(restarts, restartsOf(container));
    if (waiting?.reason !== undefined && waiting.reason !== '') reason = waiting.reason;
    else if (terminated) {
      reason = orElse(terminated.reason, `ExitCode:${terminated.exitCode}`);
      if (terminated.exitCode !== 0) failure = reason;
    } else if (container.ready && running) ready += 1;
  }
  if (reason !== 'Completed') return { ready, reason, restarts };
  const isReady = (status.conditions ?? []).some(({ type, status }) => type === 'Ready' && status === 'True');
  if (ready > 0 && isReady) return { ready, reason: 'Running', restarts };
  if (failure !== '') return { ready, reason: failure, restarts };
  return { ready, reason: ready > 0 ? 'NotReady' : reason, restarts };
}

function orElse(text: string | undefined, otherwise: string): string {
  return text === undefined || text === '' ? otherwise : text;
}

function restartsOf({ restartCount, lastState }: ContainerStatus): Restarts {
  return { count: restartCount, last: lastState.terminated?.finishedAt ?? '' };
}

function add(left: Restarts, right: Restarts): Restarts {
  return { count: left.count + right.count, last: left.last > right.last ? left.last : right.last };
}

function restartsText({ restarts: { count, last } }: PodSummary, now: Instant): string {
  return count !== 0 && last !== '' ? `${count} (${timeSince(last, now)} ago)` : String(count);
}

function readinessGates({ spec, status }: Pod): string {
  const gates = spec.readinessGates ?? [];
  if (gates.length === 0) return '<none>';
  const open = gates.filter(
    ({ conditionType }) => (status.conditions ?? []).find(({ type }) => type === conditionType)?.status === 'True',
  );
  return `${open.length}/${gates.length}`;
}
