import { resources, type Pod } from '@kubedrill/kube-model';
import { bareText, fault, refusal, type Fault } from '../../fault.ts';
import { listRefusal } from '../../found-objects.ts';
import type { Invocation } from '../../invocation.ts';

/** What is to become of a Pod of the node, and what is to be said of it. */
interface PodFate {
  readonly leaves: boolean;
  readonly word: 'none' | 'warning' | 'error';
  readonly message: string;
}

const goes: PodFate = { leaves: true, word: 'none', message: '' };
const stays: PodFate = { leaves: false, word: 'none', message: '' };

export interface NodeClearance {
  readonly pods: readonly Pod[];
  /** "deleting Pods that declare no controller: default/a, default/b; ..." */
  readonly warnings: string;
  /** What forbids it altogether. */
  readonly errors: readonly Fault[];
}

/** kubectl/pkg/drain/drain.go GetPodsForDeletion. */
export function podsToLeave(invocation: Invocation, node: string): NodeClearance {
  const { cluster, flags } = invocation;
  const selectors = { labelSelector: flags.text('pod-selector'), fieldSelector: `spec.nodeName=${node}` };
  const response = cluster.api.handle({ verb: 'list', resource: resources.Pod, namespace: '', ...selectors });
  if (!response.ok) {
    const { labelSelector, fieldSelector } = selectors;
    const status = listRefusal(response.status, resources.Pod, labelSelector, fieldSelector);
    return { pods: [], warnings: '', errors: [refusal(status)] };
  }
  const pods = 'items' in response ? response.items.filter((object): object is Pod => object.kind === 'Pod') : [];
  const fates = pods.map((pod) => ({ pod, fate: fateOf(invocation, pod) }));
  return {
    pods: fates.flatMap(({ pod, fate }) => (fate.leaves ? [pod] : [])),
    warnings: gathered(fates, 'warning').join('; '),
    errors: gathered(fates, 'error').map((text) => fault(`cannot delete ${text}`)),
  };
}

/** What is said alike of several Pods is said once. */
function gathered(fates: readonly { readonly pod: Pod; readonly fate: PodFate }[], word: PodFate['word']) {
  const places = new Map<string, string[]>();
  for (const { pod, fate } of fates) {
    if (fate.word !== word) continue;
    const known = places.get(fate.message) ?? [];
    places.set(fate.message, [...known, `${pod.metadata.namespace ?? ''}/${pod.metadata.name}`]);
  }
  return [...places].map(([message, names]) => `${message}: ${names.join(', ')}`);
}

type PodFilter = (invocation: Invocation, pod: Pod) => PodFate;

/** kubectl/pkg/drain/filters.go makeFilters: the first that keeps a Pod decides, else the last one speaks. */
const filters: readonly PodFilter[] = [longDeleted, daemonSetPod, mirrorPod, localStorage, unmanaged];

function fateOf(invocation: Invocation, pod: Pod): PodFate {
  let fate = goes;
  for (const filter of filters) {
    fate = filter(invocation, pod);
    if (!fate.leaves) return fate;
  }
  return fate;
}

/** shouldSkipPod: whether its deletion is so many seconds old that nobody waits for it. */
export function isLongDeleted({ cluster, flags }: Invocation, { metadata }: Pod): boolean {
  const limit = Number(flags.text('skip-wait-for-delete-timeout'));
  if (limit <= 0 || metadata.deletionTimestamp === undefined) return false;
  return Math.floor((cluster.clock.now() - Date.parse(metadata.deletionTimestamp)) / 1_000) > limit;
}

function longDeleted(invocation: Invocation, pod: Pod): PodFate {
  return isLongDeleted(invocation, pod) ? stays : goes;
}

function isFinished({ status }: Pod): boolean {
  return status.phase === 'Succeeded' || status.phase === 'Failed';
}

function daemonSetPod({ cluster, flags }: Invocation, pod: Pod): PodFate {
  const owner = pod.metadata.ownerReferences?.find(({ controller }) => controller === true);
  if (owner?.kind !== 'DaemonSet' || owner.apiVersion !== 'apps/v1' || isFinished(pod)) return goes;
  const { namespace = '' } = pod.metadata;
  const resource = resources.DaemonSet;
  const response = cluster.api.handle({ verb: 'get', resource, namespace, name: owner.name });
  if (!response.ok) {
    const message = bareText(refusal(response.status));
    const isOrphan = response.status.reason === 'NotFound' && flags.isTrue('force');
    return isOrphan ? { leaves: true, word: 'warning', message } : { leaves: false, word: 'error', message };
  }
  return flags.isTrue('ignore-daemonsets')
    ? { leaves: false, word: 'warning', message: 'ignoring DaemonSet-managed Pods' }
    : { leaves: false, word: 'error', message: 'DaemonSet-managed Pods (use --ignore-daemonsets to ignore)' };
}

function mirrorPod(_: Invocation, { metadata }: Pod): PodFate {
  return metadata.annotations?.['kubernetes.io/config.mirror'] === undefined ? goes : stays;
}

function localStorage({ flags }: Invocation, pod: Pod): PodFate {
  const hasLocalStorage = (pod.spec.volumes ?? []).some((volume) => 'emptyDir' in volume);
  if (!hasLocalStorage || isFinished(pod)) return goes;
  return flags.isTrue('delete-emptydir-data')
    ? { leaves: true, word: 'warning', message: 'deleting Pods with local storage' }
    : {
        leaves: false,
        word: 'error',
        message: 'Pods with local storage (use --delete-emptydir-data to override)',
      };
}

function unmanaged({ flags }: Invocation, pod: Pod): PodFate {
  const isManaged = pod.metadata.ownerReferences?.some(({ controller }) => controller === true) === true;
  if (isManaged || isFinished(pod)) return goes;
  return flags.isTrue('force')
    ? { leaves: true, word: 'warning', message: 'deleting Pods that declare no controller' }
    : { leaves: false, word: 'error', message: 'Pods that declare no controller (use --force to override)' };
}
