import type { Node, ObjectReference, Pod } from '@kubedrill/kube-model';
import type { Commentary, Remark, Reporter } from '../../events/remark.ts';
import type { ObjectView, WatchEvent } from '../../store/object-view.ts';
import { readiness } from './node-taints.ts';

/** What is said about nodes, and about Pods because of their nodes. */

const nodeController: Reporter = { form: 'older', component: 'node-controller' };
const taintEviction: Reporter = { form: 'older', component: 'taint-eviction-controller' };

/** The node controller and the kubelet about a node: node_lifecycle_controller.go, kubelet_node_status.go. */
export function nodeRemarks({ type, object, previous }: WatchEvent, view: ObjectView): readonly Remark[] | undefined {
  if (object.kind !== 'Node') return undefined;
  switch (type) {
    case 'ADDED':
      return cameWithCluster(object, view) ? undefined : [known(object, 'RegisteredNode', 'Registered', 'in')];
    case 'DELETED':
      return [known(object, 'RemovingNode', 'Removing', 'from')];
    case 'MODIFIED':
      return previous?.kind === 'Node' ? changes(previous, object) : undefined;
  }
}

/** What was said of the first nodes has been forgotten when somebody comes. */
function cameWithCluster({ metadata }: Node, view: ObjectView): boolean {
  return metadata.creationTimestamp === view.get('Namespace', '', 'kube-system')?.metadata.creationTimestamp;
}

function known({ metadata }: Node, reason: string, verb: string, preposition: string): Remark {
  const { name, uid } = metadata;
  const message = `Node ${name} event: ${verb} Node ${name} ${preposition} Controller`;
  return { by: nodeController, about: { ...reference(name), uid }, type: 'Normal', reason, message };
}

function changes(before: Node, after: Node): readonly Remark[] {
  const { name, uid } = after.metadata;
  const [was, is] = [readiness(before), readiness(after)];
  // A kubelet that says nothing any more is the controller's to report.
  if (was === 'True' && is === 'Unknown') return [stateOf(name, nodeController, uid, 'NodeNotReady')];
  const reasons: string[] = [];
  for (const { type, status } of after.status.conditions ?? []) {
    const reason = before.status !== after.status ? kubeletReasons.get(`${type}=${status}`) : undefined;
    const former = before.status.conditions?.find((condition) => condition.type === type)?.status;
    if (reason !== undefined && former !== status) reasons.push(reason);
  }
  const [wasClosed, isClosed] = [before, after].map(({ spec }) => spec.unschedulable === true);
  if (wasClosed !== isClosed && is === 'True') reasons.push(isClosed ? 'NodeNotSchedulable' : 'NodeSchedulable');
  return reasons.map((reason) => stateOf(name, kubeletOf(name), undefined, reason));
}

/** pkg/kubelet/nodestatus/setters.go, by the condition that has come about. */
const kubeletReasons: ReadonlyMap<string, string> = new Map([
  ['MemoryPressure=False', 'NodeHasSufficientMemory'],
  ['MemoryPressure=True', 'NodeHasInsufficientMemory'],
  ['DiskPressure=False', 'NodeHasNoDiskPressure'],
  ['DiskPressure=True', 'NodeHasDiskPressure'],
  ['PIDPressure=False', 'NodeHasSufficientPID'],
  ['PIDPressure=True', 'NodeHasInsufficientPID'],
  ['Ready=True', 'NodeReady'],
  ['Ready=False', 'NodeNotReady'],
]);

function stateOf(name: string, by: Reporter, uid: string | undefined, reason: string): Remark {
  const about = uid === undefined ? reference(name) : { ...reference(name), uid };
  return { by, about, type: 'Normal', reason, message: `Node ${name} status is now: ${reason}` };
}

function kubeletOf(host: string): Reporter {
  return { form: 'older', component: 'kubelet', host };
}

/** BirthCry of pkg/kubelet/kubelet.go. */
export function kubeletStarts(name: string): Remark {
  const message = 'Starting kubelet.';
  return { by: kubeletOf(name), about: reference(name), type: 'Normal', reason: 'Starting', message };
}

function reference(name: string): ObjectReference {
  return { kind: 'Node', name, apiVersion: 'v1' };
}

/** MarkPodsNotReady. */
export function unreadyCommentary(about: Pod): Commentary {
  return {
    done: () => ({ by: nodeController, about, type: 'Warning', reason: 'NodeNotReady', message: 'Node is not ready' }),
  };
}

/** tainteviction emitPodDeletionEvent and emitCancelPodDeletionEvent. */
export function evictionRemark({ metadata }: Pod, kind: 'Marking for deletion' | 'Cancelling deletion of'): Remark {
  const { name, namespace = '' } = metadata;
  const about = { kind: 'Pod', namespace, name, apiVersion: 'v1' };
  const message = `${kind} Pod ${namespace}/${name}`;
  return { by: taintEviction, about, type: 'Normal', reason: 'TaintManagerEviction', message };
}
