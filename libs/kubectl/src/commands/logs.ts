import {
  containerNames,
  defaultContainer,
  defaultedNotice,
  isPodReady,
  kubectlErrorText,
  matcherOf,
} from '@kubedrill/cluster-sim';
import { resources, type KubeObject, type LabelSelector, type Pod } from '@kubedrill/kube-model';
import { findObjects } from '../found-objects.ts';
import type { Invocation, KubectlCommand } from '../invocation.ts';
import { CommandError } from '../invocation.ts';
import { readResourceArguments } from '../resource-arguments.ts';

const usage = "error: expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.";
const seeHelp =
  "\nPOD or TYPE/NAME is a required argument for the logs command\nSee 'kubectl logs -h' for help and examples";

/** With a selector, each Pod shows its last lines only. */
const selectorTail = 10;

interface Source {
  readonly pod: Pod;
  readonly container: string;
}

/** kubectl/pkg/cmd/logs/logs.go, kubectl/pkg/polymorphichelpers/logsforobject.go. */
export const logs: KubectlCommand = {
  name: 'logs',
  flags: {
    selector: { short: 'l', value: 'required' },
    container: { short: 'c', value: 'required' },
    previous: { short: 'p', value: 'none' },
    follow: { short: 'f', value: 'none' },
    tail: { value: 'required' },
    'all-containers': { value: 'none' },
    prefix: { value: 'none' },
  },
  run(invocation) {
    const { flags, operands } = invocation;
    const isSelecting = flags.text('selector') !== '';
    if (operands.length > 2 || (operands.length === 0 && !isSelecting)) throw new CommandError(usage + seeHelp);
    if (operands.length === 1 && isSelecting)
      throw new CommandError(
        "error: only a selector (-l) or a POD name is allowed\nSee 'kubectl logs -h' for help and examples",
      );
    const pods = isSelecting ? selectedPods(invocation) : [podBehind(invocation, operands[0] ?? '')];
    const sources = pods.flatMap((pod) => sourcesIn(invocation, pod, operands[1] ?? flags.text('container')));
    for (const source of sources) if (!show(invocation, source, isSelecting)) return;
  },
};

function selectedPods(invocation: Invocation): readonly Pod[] {
  const { console, namespace } = invocation;
  const found = findObjects(invocation, { types: [resources.Pod], objects: [], isTupled: false });
  if (found.length === 0 && console.exitCode === 0) console.note(`No resources found in ${namespace} namespace.`);
  return found.flatMap(({ object }) => (object.kind === 'Pod' ? [object] : []));
}

function podBehind({ cluster, console, namespace }: Invocation, word: string): Pod {
  const [named] = readResourceArguments(word.includes('/') ? [word] : ['pods', word]).objects;
  if (!named) throw new CommandError('error: expected a resource');
  const { resource, name } = named;
  const object = cluster.view.get(resource.kind, resource.namespaced ? namespace : '', name);
  if (!object)
    throw new CommandError(
      `error: error from server (NotFound): ${resource.plural}${resource.group && `.${resource.group}`} "${name}" not found in namespace "${namespace}"`,
    );
  if (object.kind === 'Pod') return object;
  const selector = selectorOf(object);
  if (!selector) throw new CommandError(`error: cannot get the logs from *${resource.kind}`);
  const isSelected = matcherOf(selector);
  const pods = cluster.view.list('Pod', namespace).filter(({ metadata }) => isSelected(metadata.labels));
  const [first] = pods.toSorted(byLogging);
  if (!first) throw new CommandError('error: timed out waiting for the condition');
  if (pods.length > 1) console.note(`Found ${pods.length} pods, using pod/${first.metadata.name}`);
  return first;
}

function selectorOf(object: KubeObject): LabelSelector | undefined {
  switch (object.kind) {
    case 'Deployment':
    case 'ReplicaSet':
    case 'StatefulSet':
    case 'DaemonSet':
    case 'Job':
      return object.spec.selector;
    case 'ReplicationController':
    case 'Service':
      return object.spec.selector && { matchLabels: object.spec.selector };
    default:
      return undefined;
  }
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

function sourcesIn({ console, flags }: Invocation, pod: Pod, asked: string): readonly Source[] {
  const { initContainers = [], containers } = pod.spec;
  const all = [...initContainers, ...containers].map(({ name }) => name);
  if (flags.isTrue('all-containers')) {
    if (asked !== '')
      throw new CommandError(`error: --all-containers=true should not be specified with container name ${asked}`);
    return all.map((container) => ({ pod, container }));
  }
  const container = asked === '' ? (defaultContainer(pod) ?? '') : asked;
  if (asked === '') console.stderr += defaultedNotice(pod, container);
  if (!all.includes(container))
    throw new CommandError(
      `error: container ${container} is not valid for pod ${pod.metadata.name} out of: ${containerNames(pod)}`,
    );
  return [{ pod, container }];
}

/** The first refusal ends the command. */
function show({ cluster, console, flags }: Invocation, { pod, container }: Source, isSelecting: boolean): boolean {
  const { namespace = '', name } = pod.metadata;
  const result = cluster.logs({ namespace, pod: name, container }, flags.isTrue('previous'));
  if (!result.ok) {
    console.fail(kubectlErrorText(result.status, { kind: 'other' }));
    return false;
  }
  const tail = flags.has('tail') ? Number(flags.text('tail')) : isSelecting ? selectorTail : -1;
  const lines = tail < 0 ? result.lines : tail === 0 ? [] : result.lines.slice(-tail);
  const prefix = flags.isTrue('prefix') ? `[pod/${name}/${container}] ` : '';
  for (const { text } of lines) console.print(prefix + text);
  return true;
}
