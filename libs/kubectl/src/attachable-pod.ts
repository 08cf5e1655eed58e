import { isPodReady, matcherOf } from '@kubedrill/cluster-sim';
import type { KubeObject, LabelSelector, Pod } from '@kubedrill/kube-model';
import type { Fault } from './fault.ts';
import { fault, faultText } from './fault.ts';
import type { Invocation } from './invocation.ts';
import { CommandError } from './invocation.ts';
import { ObjectReader } from './describers/object-reader.ts';
import { waitUntil } from './object-watch.ts';
import { findVisits, visitAll, type VisitedObject } from './resource-visit.ts';

const standardTimeout = 60_000;

/** What a word names: a Pod, unless it names a type. */
export function namedTarget(invocation: Invocation, words: readonly string[]): VisitedObject {
  const [word = ''] = words;
  const options = { words: words.length === 1 && !word.includes('/') ? ['pods', word] : words };
  const targets: VisitedObject[] = [];
  const problem = visitAll(invocation, findVisits(invocation, options), options, (target) => {
    targets.push(target);
    return undefined;
  });
  const [target] = targets;
  if (problem) throw new CommandError(faultText(problem));
  if (!target) throw new Error('nothing was named');
  return target;
}

/** polymorphichelpers/attachablepodforobject.go: the Pod itself, or the best of those that are behind an object. */
export function attachablePod(
  invocation: Invocation,
  { resource, object }: VisitedObject,
  timeout = standardTimeout,
): Pod | Fault {
  const target = object as unknown as KubeObject;
  if (target.kind === 'Pod') return target;
  const selector = selectorOf(target);
  if (typeof selector === 'string') return fault(`cannot attach to *${resource.version}.${resource.kind}: ${selector}`);
  const { cluster } = invocation;
  const isSelected = matcherOf(selector);
  const reader = new ObjectReader(cluster);
  let best: Pod | undefined;
  waitUntil(cluster, cluster.clock.now() + timeout, () => {
    const pods = reader
      .needed('Pod', target.metadata.namespace ?? '')
      .filter(({ metadata }) => isSelected(metadata.labels));
    best = pods.toSorted(byActivity)[0];
    return best !== undefined;
  });
  return best ?? fault('timed out waiting for the condition');
}

/** SelectorsForObject: the selector, or why there is none. */
export function selectorOf(object: KubeObject): LabelSelector | string {
  switch (object.kind) {
    case 'Deployment':
    case 'ReplicaSet':
    case 'StatefulSet':
    case 'DaemonSet':
      return object.spec.selector;
    case 'ReplicationController':
      return { matchLabels: object.spec.selector };
    case 'Job':
      return object.spec.selector ?? {};
    case 'Service': {
      const { selector = {} } = object.spec;
      return Object.keys(selector).length > 0
        ? { matchLabels: selector }
        : `invalid service '${object.metadata.name}': Service is defined without a selector`;
    }
    default:
      return `selector for *v1.${object.kind} not implemented`;
  }
}

const phases = ['Running', 'Unknown', 'Pending'];

/** podutils.ActivePods: assigned, running, ready, and ready for longer; fewer restarts; older. */
function byActivity(left: Pod, right: Pod): number {
  const [first, second] = [rankOf(left), rankOf(right)];
  const at = first.findIndex((value, index) => value !== second[index]);
  return at < 0 ? 0 : (first[at] ?? 0) - (second[at] ?? 0);
}

function rankOf(pod: Pod): readonly number[] {
  const { metadata, spec, status } = pod;
  const ready = (status.conditions ?? []).find(({ type }) => type === 'Ready');
  const restarts = (status.containerStatuses ?? []).map(({ restartCount }) => restartCount);
  return [
    spec.nodeName ? 0 : 1,
    phases.indexOf(status.phase ?? ''),
    isPodReady(pod) ? 0 : 1,
    isPodReady(pod) ? Date.parse(ready?.lastTransitionTime ?? '') : 0,
    Math.max(0, ...restarts),
    Date.parse(metadata.creationTimestamp),
  ];
}
