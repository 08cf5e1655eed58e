import type {
  OwnerReference,
  PersistentVolumeClaim,
  Pod,
  StatefulSet,
  VolumeClaimTemplate,
} from '@kubedrill/kube-model';
import type { Change, Draft } from '../../engine/controller.ts';
import type { ObjectView } from '../../store/object-view.ts';
import { controllerReference } from '../ownership.ts';
import { sameValue } from '../same-value.ts';
import { ordinalOf, startOrdinal } from './stateful-pod.ts';
import { claimCommentary } from './statefulset-commentary.ts';

/** The claims of a StatefulSet's Pods: pkg/controller/statefulset/stateful_pod_control.go and stateful_set_utils.go. */

export function claimName({ metadata: { name = '' } }: VolumeClaimTemplate, set: StatefulSet, ordinal: number): string {
  return `${name}-${set.metadata.name}-${ordinal}`;
}

function claimDraft(template: VolumeClaimTemplate, set: StatefulSet, ordinal: number): Draft<PersistentVolumeClaim> {
  const { labels, annotations, finalizers } = template.metadata;
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: {
      name: claimName(template, set, ordinal),
      namespace: set.metadata.namespace,
      labels: { ...labels, ...set.spec.selector.matchLabels },
      ...(annotations && { annotations }),
      ...(finalizers && { finalizers }),
    },
    spec: template.spec,
  };
}

function claimAt(view: ObjectView, set: StatefulSet, name: string): PersistentVolumeClaim | undefined {
  return view.get('PersistentVolumeClaim', set.metadata.namespace ?? '', name);
}

/** createPersistentVolumeClaims. */
export function missingClaims(view: ObjectView, set: StatefulSet, ordinal: number): readonly Change[] {
  const pod = `${set.metadata.name}-${ordinal}`;
  return (set.spec.volumeClaimTemplates ?? []).flatMap((template): readonly Change[] => {
    const name = claimName(template, set, ordinal);
    if (claimAt(view, set, name)) return [];
    return [{ verb: 'create', object: claimDraft(template, set, ordinal), comment: claimCommentary(set, pod, name) }];
  });
}

/** Claims that go keep their Pod from being made again. */
export function goingClaims(view: ObjectView, set: StatefulSet, ordinal: number): readonly string[] {
  return (set.spec.volumeClaimTemplates ?? [])
    .map((template) => claimName(template, set, ordinal))
    .filter((name) => claimAt(view, set, name)?.metadata.deletionTimestamp !== undefined);
}

/** UpdatePodClaimForRetentionPolicy: who owns a claim, and takes it along, follows from the policy. */
export function retentionChanges(view: ObjectView, set: StatefulSet, pod: Pod): readonly Change[] {
  const ordinal = ordinalOf(pod);
  return (set.spec.volumeClaimTemplates ?? []).flatMap((template): readonly Change[] => {
    const claim = claimAt(view, set, claimName(template, set, ordinal));
    if (!claim || isOfAnother(claim, set, pod)) return [];
    const others = (claim.metadata.ownerReferences ?? []).filter((owner) => !isOwn(owner, set) && !isOwn(owner, pod));
    const wanted = [...others, ...ownersByPolicy(set, pod, ordinal)];
    const { ownerReferences: before = [], ...metadata } = claim.metadata;
    if (sameValue(wanted, before)) return [];
    const owned = wanted.length > 0 ? { ...metadata, ownerReferences: wanted } : metadata;
    return [{ verb: 'update', object: { ...claim, metadata: owned } }];
  });
}

function isOwn({ kind, name }: OwnerReference, owner: StatefulSet | Pod): boolean {
  return kind === owner.kind && name === owner.metadata.name;
}

/** hasStaleOwnerRef and hasUnexpectedController: claims that somebody else takes along are left alone. */
function isOfAnother({ metadata }: PersistentVolumeClaim, set: StatefulSet, pod: Pod): boolean {
  return (metadata.ownerReferences ?? []).some((reference) => {
    const owner = isOwn(reference, set) ? set : isOwn(reference, pod) ? pod : undefined;
    return owner ? reference.uid !== owner.metadata.uid : reference.controller === true;
  });
}

function ownersByPolicy(set: StatefulSet, pod: Pod, ordinal: number): readonly OwnerReference[] {
  const { whenDeleted = 'Retain', whenScaled = 'Retain' } = set.spec.persistentVolumeClaimRetentionPolicy ?? {};
  const start = startOrdinal(set);
  const isCondemned = ordinal < start || ordinal >= start + set.spec.replicas;
  if (whenScaled === 'Delete' && isCondemned) return [controllerReference(pod)];
  return whenDeleted === 'Delete' ? [controllerReference(set)] : [];
}
