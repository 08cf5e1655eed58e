import type { Node, ObjectReference, Pod } from '@kubedrill/kube-model';
import type { Commentary, Remark, Reporter } from '../../events/remark.ts';
import type { ObjectView, WatchEvent } from '../../store/object-view.ts';
import { readiness } from './node-taints.ts';

/** What is said about nodes, and about Pods because of their nodes. */

const nodeController: Reporter = { form: 'older', component: 'node-controller' };
const taintEviction: Reporter = { form: 'older', component: 'taint-eviction-controller' };

/** The node controller and the kubelet about a node: node_lifecycle_controller.go, kubelet_node_status.go. */
export function nodeRemark({ type, object, previous }: WatchEvent, view: ObjectView): Remark | undefined {
  if (object.kind !== 'Node') return undefined;
  switch (type) {
    case 'ADDED':
      return cameWithCluster(object, view) ? undefined : known(object, 'RegisteredNode', 'Registered', 'in');
    case 'DELETED':
      return known(object, 'RemovingNode', 'Removing', 'from');
    case 'MODIFIED':
      return previous?.kind === 'Node' ? change(previous, object) : undefined;
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

function change(before: Node, after: Node): Remark | undefined {
  const { name, uid } = after.metadata;
  const [was, is] = [readiness(before), readiness(after)];
  const kubelet: Reporter = { form: 'older', component: 'kubelet', host: name };
  const now = (by: Reporter, about: ObjectReference, reason: string): Remark => {
    return { by, about, type: 'Normal', reason, message: `Node ${name} status is now: ${reason}` };
  };
  // A kubelet that says nothing any more is the controller's to report.
  if (was === 'True' && is === 'Unknown') return now(nodeController, { ...reference(name), uid }, 'NodeNotReady');
  if (was !== is && is === 'False') return now(kubelet, reference(name), 'NodeNotReady');
  if (was !== is && is === 'True') return now(kubelet, reference(name), 'NodeReady');
  const [wasClosed, isClosed] = [before, after].map(({ spec }) => spec.unschedulable === true);
  if (wasClosed === isClosed || is !== 'True') return undefined;
  return now(kubelet, reference(name), isClosed ? 'NodeNotSchedulable' : 'NodeSchedulable');
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
