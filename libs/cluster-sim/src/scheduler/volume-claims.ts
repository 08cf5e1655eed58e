import type { PersistentVolume, PersistentVolumeClaim, Pod, Node } from '@kubedrill/kube-model';
import { classOfClaim } from '../api/kinds/persistent-volume-claim/storage-class-name.ts';
import { compareQuantities } from '../api/quantity.ts';
import { boundVolume } from '../controllers/persistent-volume/volume-binding.ts';
import {
  bindCompleted,
  isDelayed,
  matchingVolume,
  reaches,
  requestOf,
  selectedNode,
} from '../controllers/persistent-volume/volume-match.ts';
import { labelOf } from '../controllers/label-selector.ts';
import type { Change } from '../engine/controller.ts';
import type { ObjectView } from '../store/object-view.ts';
import { matchesTerm, type PlacementFilter, type Rejection } from './node-filters.ts';

/** What the volumes of a Pod have to say: pkg/scheduler/framework/plugins/volumebinding. */
export type PodClaims =
  /** No node at all takes it. */
  | { readonly kind: 'refused'; readonly why: string }
  | {
      readonly kind: 'claims';
      readonly filter: PlacementFilter;
      /** Some claims are not bound yet: they wait for this Pod. */
      readonly isWaiting: boolean;
      /** What is to be written before the Pod can go to the node. */
      readonly bindingsOn: (node: Node) => readonly Change[];
    };

const farVolume = "node(s) didn't match PersistentVolume's node affinity";
const nothingToBind = "node(s) didn't find available persistent volumes to bind";
const lostVolume = 'node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)';
/** A class with this provisioner has only volumes that somebody made by hand. */
const noProvisioner = 'kubernetes.io/no-provisioner';

/** PreFilter. Undefined: the Pod has no claims. */
export function claimsOf(pod: Pod, view: ObjectView): PodClaims | undefined {
  const { volumes } = pod.spec;
  if (!volumes?.some(({ persistentVolumeClaim }) => persistentVolumeClaim !== undefined)) return undefined;
  const claims: PersistentVolumeClaim[] = [];
  for (const { persistentVolumeClaim } of volumes) {
    if (!persistentVolumeClaim) continue;
    const { claimName: name } = persistentVolumeClaim;
    const claim = view.get('PersistentVolumeClaim', pod.metadata.namespace ?? '', name);
    if (!claim) return refused(`persistentvolumeclaim "${name}" not found`);
    const { spec, status, metadata } = claim;
    if (status.phase === 'Lost')
      return refused(
        `persistentvolumeclaim "${name}" bound to non-existent persistentvolume "${spec.volumeName ?? ''}"`,
      );
    if (metadata.deletionTimestamp !== undefined) return refused(`persistentvolumeclaim "${name}" is being deleted`);
    claims.push(claim);
  }
  const unbound = claims.filter((claim) => !isBound(claim));
  if (unbound.some((claim) => claim.spec.volumeName || !isDelayed(claim, view)))
    return refused('pod has unbound immediate PersistentVolumeClaims');
  const bound = claims.filter(isBound);
  return {
    kind: 'claims',
    isWaiting: unbound.length > 0,
    filter: (node) => boundRejection(bound, node, view) ?? unboundRejection(unbound, node, view),
    bindingsOn: (node) => bindingsOn(unbound, node, view),
  };
}

function refused(why: string): PodClaims {
  return { kind: 'refused', why };
}

function isBound({ metadata, spec }: PersistentVolumeClaim): boolean {
  return Boolean(spec.volumeName) && metadata.annotations?.[bindCompleted] !== undefined;
}

function rejected(reason: string): Rejection {
  return { reasons: [reason], isFinal: true };
}

/** checkBoundClaims. */
function boundRejection(claims: readonly PersistentVolumeClaim[], node: Node, view: ObjectView): Rejection | undefined {
  for (const { spec } of claims) {
    const volume = view.get('PersistentVolume', '', spec.volumeName ?? '');
    if (!volume) return rejected(lostVolume);
    if (!reaches(volume, node, matchesTerm)) return rejected(farVolume);
  }
  return undefined;
}

type Choice =
  | { readonly claim: PersistentVolumeClaim; readonly volume: PersistentVolume }
  /** A volume is to be provisioned. */
  | { readonly claim: PersistentVolumeClaim; readonly volume: undefined };

function unboundRejection(
  claims: readonly PersistentVolumeClaim[],
  node: Node,
  view: ObjectView,
): Rejection | undefined {
  return claims.length === 0 || choicesOn(claims, node, view) ? undefined : rejected(nothingToBind);
}

/** FindPodVolumes of what waits for its first Pod, the smaller claims first. Undefined: there is nothing for one of them. */
function choicesOn(
  claims: readonly PersistentVolumeClaim[],
  node: Node,
  view: ObjectView,
): readonly Choice[] | undefined {
  const choices: Choice[] = [];
  const taken = new Set<PersistentVolume>();
  const sorted = claims.toSorted((left, right) => compareQuantities(requestOf(left), requestOf(right)));
  for (const claim of sorted) {
    const selected = claim.metadata.annotations?.[selectedNode];
    if (selected !== undefined && selected !== node.metadata.name) return undefined;
    const volumes = view.list('PersistentVolume').filter((volume) => !taken.has(volume));
    const fits = (volume: PersistentVolume): boolean => reaches(volume, node, matchesTerm);
    const volume = selected === undefined ? matchingVolume(claim, { volumes, isDelayed: true, fits }) : undefined;
    if (volume) taken.add(volume);
    else if (!isProvisionable(claim, node, view)) return undefined;
    choices.push({ claim, volume });
  }
  return choices;
}

/** checkVolumeProvisions. */
function isProvisionable(claim: PersistentVolumeClaim, { metadata }: Node, view: ObjectView): boolean {
  const storageClass = view.get('StorageClass', '', classOfClaim(claim));
  if (!storageClass || storageClass.provisioner === noProvisioner) return false;
  const { allowedTopologies = [] } = storageClass;
  return (
    allowedTopologies.length === 0 ||
    allowedTopologies.some(({ matchLabelExpressions = [] }) =>
      matchLabelExpressions.every(({ key, values }) => values?.includes(labelOf(metadata.labels, key) ?? '')),
    )
  );
}

/** BindPodVolumes: the volume is promised to the claim, or the claim says where its volume is to be. */
function bindingsOn(claims: readonly PersistentVolumeClaim[], node: Node, view: ObjectView): readonly Change[] {
  return (choicesOn(claims, node, view) ?? []).flatMap(({ claim, volume }): readonly Change[] => {
    if (volume) return [{ verb: 'update', object: boundVolume(volume, claim) }];
    const { annotations } = claim.metadata;
    if (annotations?.[selectedNode] !== undefined) return [];
    const metadata = { ...claim.metadata, annotations: { ...annotations, [selectedNode]: node.metadata.name } };
    return [{ verb: 'update', object: { ...claim, metadata } }];
  });
}
