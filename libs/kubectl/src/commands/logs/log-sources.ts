import { containerNames, defaultContainer, defaultedNotice, isPodReady, matcherOf } from '@kubedrill/cluster-sim';
import { resources, type KubeObject, type Pod } from '@kubedrill/kube-model';
import { durationOf } from '../../go-duration.ts';
import { selectorOf } from '../../attachable-pod.ts';
import { faultText, refusal } from '../../fault.ts';
import { findObjects } from '../../found-objects.ts';
import type { Invocation } from '../../invocation.ts';
import { CommandError } from '../../invocation.ts';
import { waitUntil } from '../../object-watch.ts';
import { readResourceArguments } from '../../resource-arguments.ts';

/** One container, whose log is to be shown. */
export interface LogSource {
  readonly pod: Pod;
  readonly container: string;
}

/** kubectl/pkg/polymorphichelpers/logsforobject.go. */
export function loggedPods(invocation: Invocation): readonly Pod[] {
  const { flags, operands } = invocation;
  return flags.text('selector') === '' ? podsBehind(invocation, operands[0] ?? '') : selectedPods(invocation);
}

export function logSources(invocation: Invocation, pods: readonly Pod[]): readonly LogSource[] {
  const { flags, operands } = invocation;
  return pods.flatMap((pod) => sourcesIn(invocation, pod, operands[1] ?? flags.text('container')));
}

function selectedPods(invocation: Invocation): readonly Pod[] {
  const { console, namespace } = invocation;
  const found = findObjects(invocation, { types: [resources.Pod], objects: [], isTupled: false });
  if (found.length === 0 && console.exitCode === 0) console.note(`No resources found in ${namespace} namespace.`);
  return found.flatMap(({ object }) => (object.kind === 'Pod' ? [object] : []));
}

const standardTimeout = 20_000;

function podsBehind(invocation: Invocation, word: string): readonly Pod[] {
  const { cluster, console, flags, namespace } = invocation;
  const [named] = readResourceArguments(word.includes('/') ? [word] : ['pods', word]).objects;
  if (!named) throw new CommandError('error: expected a resource');
  const { resource, name } = named;
  const place = resource.namespaced ? namespace : '';
  const response = cluster.api.handle({ verb: 'get', resource, namespace: place, name });
  if (!response.ok)
    throw new CommandError(
      response.status.reason === 'NotFound'
        ? `error: error from server (NotFound): ${response.status.message} in namespace "${namespace}"`
        : faultText(refusal(response.status)),
    );
  const object = 'object' in response ? (response.object as KubeObject) : undefined;
  if (object?.kind === 'Pod') return [object];
  const selector = object ? selectorOf(object) : '';
  if (typeof selector === 'string')
    throw new CommandError(`error: cannot get the logs from *${resource.version}.${resource.kind}: ${selector}`);
  const isSelected = matcherOf(selector);
  let pods: readonly Pod[] = [];
  const timeout = flags.has('pod-running-timeout') ? durationOf(flags.text('pod-running-timeout')) : standardTimeout;
  waitUntil(cluster, cluster.clock.now() + timeout, () => {
    pods = cluster.view.list('Pod', namespace).filter(({ metadata }) => isSelected(metadata.labels));
    return pods.length > 0;
  });
  const sorted = pods.toSorted(byLogging);
  const [first] = sorted;
  if (!first) throw new CommandError('error: timed out waiting for the condition');
  if (pods.length === 1 || flags.isTrue('all-pods')) return sorted;
  console.note(`Found ${pods.length} pods, using pod/${first.metadata.name}`);
  return [first];
}

const phases = ['Running', 'Unknown', 'Pending'];

/** podutils.ByLogging: assigned, running, ready, older. */
function byLogging(left: Pod, right: Pod): number {
  const rank = (pod: Pod): readonly number[] => [
    pod.spec.nodeName ? 0 : 1,
    phases.indexOf(pod.status.phase ?? ''),
    isPodReady(pod) ? 0 : 1,
    Date.parse(pod.metadata.creationTimestamp ?? ''),
  ];
  const [first, second] = [rank(left), rank(right)];
  const at = first.findIndex((value, index) => value !== second[index]);
  return at < 0 ? 0 : (first[at] ?? 0) - (second[at] ?? 0);
}

function sourcesIn({ console, flags }: Invocation, pod: Pod, asked: string): readonly LogSource[] {
  const { initContainers = [], containers, ephemeralContainers = [] } = pod.spec;
  const all = [...initContainers, ...containers, ...ephemeralContainers].map(({ name }) => name);
  if (flags.isTrue('all-containers')) return all.map((container) => ({ pod, container }));
  const container = asked === '' ? (defaultContainer(pod) ?? '') : asked;
  if (asked === '' && !flags.isTrue('all-pods')) console.stderr += defaultedNotice(pod, container);
  if (!all.includes(container))
    throw new CommandError(
      `error: container ${container} is not valid for pod ${pod.metadata.name} out of: ${containerNames(pod)}`,
    );
  return [{ pod, container }];
}
