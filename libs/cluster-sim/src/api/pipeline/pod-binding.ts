import {
  resources,
  type Json,
  type JsonObject,
  type ObjectMeta,
  type Pod,
  type StringMap,
} from '@kubedrill/kube-model';
import { withCondition } from '../../controllers/pod-state.ts';
import { done, refused, type Outcome } from '../outcome.ts';
import type { ApiStatus } from '../request.ts';
import { objectMeta, objectReference } from '../schema/object-meta.ts';
import { always, object } from '../schema/schema.ts';
import { badRequest, conflict, unexplained, notFound } from '../status.ts';
import { notSupportedText, required, type FieldError } from '../validation/field-error.ts';
import { root } from '../validation/path.ts';
import type { Write } from './backend.ts';
import { created, decodedAs } from './created-under.ts';
import { preconditionFailed } from './storage-key.ts';

/** POST pods/<name>/binding: pkg/registry/core/pod/storage BindingREST. */

interface Binding {
  readonly metadata: Partial<Pick<ObjectMeta, 'name' | 'uid' | 'resourceVersion' | 'labels' | 'annotations'>>;
  readonly target: { readonly kind?: string; readonly name?: string };
}

/** What Pods are to be found at which place. */
interface PodName {
  readonly namespace: string;
  readonly name: string;
}

const schema = object('Binding', { metadata: objectMeta, target: always(objectReference) });

/** What conflicts of a binding are reported on. */
const podBinding = { ...resources.Pod, plural: 'pods/binding' };

export function createBinding(write: Write, namespace: string, name: string, body: Json): Outcome<JsonObject> {
  const decoded = decodedAs<Binding>(schema, body);
  if (!decoded.ok) return decoded;
  const binding = decoded.object;
  if (binding.metadata.name !== name) return refused(badRequest('name in URL does not match name in Binding object'));
  const errors = validate(binding);
  if (errors.length > 0) return refused(unexplained(errors));
  const bound = bindPod(write, { namespace, name }, binding);
  return bound.ok ? done(created) : bound;
}

/** ValidatePodBinding. */
function validate({ target: { kind = '', name = '' } }: Binding): readonly FieldError[] {
  const path = root.child('target');
  return [
    ...(kind === '' || kind === 'Node' ? [] : [notSupportedText(path.child('kind'), kind, ['Node', '<empty>'])]),
    ...(name === '' ? [required(path.child('name'))] : []),
  ];
}

export function bindPod(write: Write, { namespace, name }: PodName, { metadata, target }: Binding): Outcome<Pod> {
  const { store, clock } = write.backend;
  const pod = store.get('Pod', namespace, name);
  if (!pod) return refused(notFound(resources.Pod, name));
  const refusal = violated(pod, metadata) ?? unbindable(pod);
  if (refusal) return refused(refusal);
  const node = target.name ?? '';
  const labels = { ...metadata.labels, ...(target.kind === 'Node' ? topologyLabels(write, node) : {}) };
  const bound: Pod = {
    ...pod,
    metadata: {
      ...pod.metadata,
      ...merged('labels', pod.metadata.labels, labels),
      ...merged('annotations', pod.metadata.annotations, metadata.annotations),
    },
    spec: { ...pod.spec, nodeName: node },
    status: withoutNomination(pod),
  };
  const scheduled = withCondition(bound, { type: 'PodScheduled', status: 'True', lastProbeTime: null }, clock.now());
  return done(write.dryRun ? scheduled : store.put(scheduled));
}

function merged<N extends string>(field: N, former: StringMap | undefined, added: StringMap = {}): object {
  return Object.keys(added).length === 0 ? {} : { [field]: { ...former, ...added } };
}

/** What a Pod was promised is of no interest once it has its place. */
function withoutNomination({ status }: Pod): Pod['status'] {
  if (!('nominatedNodeName' in status)) return status;
  const { nominatedNodeName: _node, ...rest } = status;
  return rest;
}

/** plugin/pkg/admission/podtopologylabels: where the node stands becomes labels of the binding, and so of the pod. */
function topologyLabels({ backend }: Write, node: string): StringMap {
  const labels = backend.store.get('Node', '', node)?.metadata.labels;
  const copied = ['topology.kubernetes.io/zone', 'topology.kubernetes.io/region'].flatMap((key) => {
    const value = labels?.[key];
    return value === undefined ? [] : [[key, value] as const];
  });
  return Object.fromEntries(copied);
}

/** A binding may say which Pod, in which version, it was made for. */
function violated(pod: Pod, { uid = '', resourceVersion = '' }: Binding['metadata']): ApiStatus | undefined {
  const { namespace = '', name, uid: own, resourceVersion: current = '' } = pod.metadata;
  const failed = (what: 'UID' | 'ResourceVersion', asked: string, found: string): ApiStatus =>
    conflict(resources.Pod, name, preconditionFailed({ kind: 'Pod', namespace, name }, what, asked, found));
  if (uid !== '' && uid !== own) return failed('UID', uid, own);
  return resourceVersion !== '' && resourceVersion !== current
    ? failed('ResourceVersion', resourceVersion, current)
    : undefined;
}

function unbindable({ metadata: { name, deletionTimestamp }, spec }: Pod): ApiStatus | undefined {
  const refusal = (words: string): ApiStatus => conflict(podBinding, name, `pod ${name} ${words}`);
  if (deletionTimestamp !== undefined) return refusal('is being deleted, cannot be assigned to a host');
  if (spec.nodeName) return refusal(`is already assigned to node "${spec.nodeName}"`);
  return spec.schedulingGates?.length ? refusal('has non-empty .spec.schedulingGates') : undefined;
}
