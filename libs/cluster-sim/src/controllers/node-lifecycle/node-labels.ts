import type { Node } from '@kubedrill/kube-model';
import type { Change } from '../../engine/controller.ts';

/** Old names of labels and what they follow: node_lifecycle_controller.go labelReconcileInfo. */
const copies = [
  { label: 'beta.kubernetes.io/os', of: 'kubernetes.io/os' },
  { label: 'beta.kubernetes.io/arch', of: 'kubernetes.io/arch' },
];

/** reconcileNodeLabels: undefined when the old labels say what the new ones do. */
export function labelsPutRight(node: Node): Change | undefined {
  const { labels = {} } = node.metadata;
  const differing = copies.filter(({ label, of }) => labels[of] !== undefined && labels[label] !== labels[of]);
  if (differing.length === 0) return undefined;
  const added = Object.fromEntries(differing.map(({ label, of }) => [label, labels[of] ?? '']));
  return { verb: 'update', object: { ...node, metadata: { ...node.metadata, labels: { ...labels, ...added } } } };
}
