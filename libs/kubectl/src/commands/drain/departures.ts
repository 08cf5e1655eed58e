import { goDuration, type ApiStatus } from '@kubedrill/cluster-sim';
import { resources, type Pod } from '@kubedrill/kube-model';
import { dryRunOf } from '../../dry-run.ts';
import { fault, refusal, type Fault } from '../../fault.ts';
import { durationOf } from '../../go-duration.ts';
import type { Invocation } from '../../invocation.ts';
import { waitUntil } from '../../object-watch.ts';
import { ResultPrinter } from '../../result-printer.ts';
import { isLongDeleted } from './pods-to-leave.ts';

const retryDelay = 5_000;
const pollInterval = 1_000;

/** A Pod on its way: still to be evicted, waited for, or gone. */
interface Departure {
  readonly pod: Pod;
  state: 'staying' | 'leaving' | 'gone';
  due: number;
  problem?: Fault;
}

/** kubectl/pkg/drain/drain.go evictPods: all at the same time, each until it is gone or cannot be evicted. */
export function evictPods(invocation: Invocation, pods: readonly Pod[]): readonly Fault[] {
  const { cluster } = invocation;
  const started = cluster.clock.now();
  const timeout = durationOf(invocation.flags.text('timeout'));
  const end = timeout === 0 ? Infinity : started + timeout;
  const departures = pods.map((pod): Departure => ({ pod, state: 'staying', due: started }));
  waitUntil(cluster, undefined, () => {
    const now = cluster.clock.now();
    for (const departure of departures) {
      if (departure.state === 'leaving' && now >= end) fail(departure, waitingFailed(departure.pod));
      if (departure.state === 'gone' || departure.due > now) continue;
      if (departure.state === 'leaving') look(invocation, departure, true);
      else if (now >= end) evictTooLate(invocation, departure, timeout);
      else evict(invocation, departure);
    }
    return departures.every(({ state }) => state === 'gone');
  });
  return departures.flatMap(({ problem }) => (problem ? [problem] : []));
}

function fail(departure: Departure, message: string): void {
  departure.state = 'gone';
  departure.problem = fault(message);
}

function placeOf({ metadata }: Pod): string {
  return `pods/"${metadata.name}" -n "${metadata.namespace ?? ''}"`;
}

function waitingFailed({ metadata }: Pod): string {
  return `error when waiting for pod "${metadata.name}" in namespace "${metadata.namespace ?? ''}" to terminate: context deadline exceeded`;
}

function announce({ console, flags }: Invocation, { metadata }: Pod): void {
  const note = dryRunOf(flags) === 'server' ? ' (server dry run)' : '';
  console.print(`evicting pod ${metadata.namespace ?? ''}/${metadata.name}${note}`);
}

function evictTooLate(invocation: Invocation, departure: Departure, timeout: number): void {
  announce(invocation, departure.pod);
  fail(departure, `error when evicting ${placeOf(departure.pod)}: global timeout reached: ${goDuration(timeout)}`);
}

function evict(invocation: Invocation, departure: Departure): void {
  const { console, flags } = invocation;
  const { pod } = departure;
  announce(invocation, pod);
  const status = sendEviction(invocation, pod);
  const again = `(will retry after ${goDuration(retryDelay)}): ${status?.message ?? ''}`;
  const isTerminating = status?.details?.causes?.some(({ reason }) => reason === 'NamespaceTerminating') === true;
  if (!status || (isTerminating && isDeleted(invocation, pod))) {
    departure.state = dryRunOf(flags) === 'server' ? 'gone' : 'leaving';
    if (departure.state === 'leaving') look(invocation, departure, true);
  } else if (status.reason === 'NotFound') departure.state = 'gone';
  else if (status.reason === 'TooManyRequests' || isTerminating) {
    const { name, namespace = '' } = pod.metadata;
    console.note(
      isTerminating
        ? `error when evicting pod "${name}" from terminating namespace "${namespace}" ${again}`
        : `error when evicting ${placeOf(pod)} ${again}`,
    );
    departure.due += retryDelay;
  } else fail(departure, `error when evicting ${placeOf(pod)}: ${status.message}`);
}

function isDeleted({ cluster }: Invocation, { metadata: { name, namespace = '' } }: Pod): boolean {
  return cluster.view.get('Pod', namespace, name)?.metadata.deletionTimestamp !== undefined;
}

function sendEviction({ cluster, flags }: Invocation, { metadata }: Pod): ApiStatus | undefined {
  const { name, namespace = '' } = metadata;
  const grace = gracePeriodOf(flags.text('grace-period'));
  const response = cluster.api.handle({
    verb: 'create',
    resource: resources.Pod,
    namespace,
    name,
    subresource: 'eviction',
    body: {
      apiVersion: 'policy/v1',
      kind: 'Eviction',
      metadata: { name, namespace },
      deleteOptions: grace === undefined ? {} : { gracePeriodSeconds: grace },
    },
    dryRun: dryRunOf(flags) === 'server',
  });
  return response.ok ? undefined : response.status;
}

function gracePeriodOf(text: string): number | undefined {
  const seconds = Number(text);
  return text === '' || seconds < 0 ? undefined : seconds;
}

/** waitForDelete, one look. */
function look(invocation: Invocation, departure: Departure, isEvicted: boolean): void {
  const { cluster, console, flags } = invocation;
  const { name, namespace = '', uid } = departure.pod.metadata;
  const response = cluster.api.handle({ verb: 'get', resource: resources.Pod, namespace, name });
  departure.due = cluster.clock.now() + pollInterval;
  const printer = new ResultPrinter(invocation, 'typed');
  const shown = { apiVersion: 'v1', kind: 'Pod', metadata: { name } };
  if (!response.ok && response.status.reason !== 'NotFound') {
    printer.print(shown, isEvicted ? 'eviction failed' : 'deletion failed');
    departure.state = 'gone';
    departure.problem = refusal(response.status);
    return;
  }
  const pod = response.ok && 'object' in response ? (response.object as Pod) : undefined;
  if (pod?.metadata.uid !== uid) {
    printer.print(shown, isEvicted ? 'evicted' : 'deleted');
    departure.state = 'gone';
  } else if (pod && isLongDeleted(invocation, pod)) {
    const limit = flags.text('skip-wait-for-delete-timeout');
    console.print(`pod "${name}" has DeletionTimestamp older than ${limit} seconds, skipping`);
    departure.state = 'gone';
  }
}

/** deletePods: --disable-eviction asks no disruption budget. */
export function deletePods(invocation: Invocation, pods: readonly Pod[]): Fault | undefined {
  const { cluster, flags } = invocation;
  const grace = gracePeriodOf(flags.text('grace-period'));
  for (const { metadata } of pods) {
    const { name, namespace = '' } = metadata;
    const response = cluster.api.handle({
      verb: 'delete',
      resource: resources.Pod,
      namespace,
      name,
      ...(grace === undefined ? {} : { gracePeriodSeconds: grace }),
      dryRun: dryRunOf(flags) === 'server',
    });
    if (!response.ok && response.status.reason !== 'NotFound') return refusal(response.status);
  }
  const started = cluster.clock.now();
  const timeout = durationOf(flags.text('timeout'));
  const departures = pods.map((pod): Departure => ({ pod, state: 'leaving', due: started }));
  const isThrough = waitUntil(cluster, timeout === 0 ? undefined : started + timeout, () => {
    for (const departure of departures)
      if (departure.state !== 'gone' && departure.due <= cluster.clock.now()) look(invocation, departure, false);
    return departures.every(({ state }) => state === 'gone') || departures.some(({ problem }) => problem);
  });
  return isThrough ? departures.find(({ problem }) => problem)?.problem : fault('context deadline exceeded');
}
