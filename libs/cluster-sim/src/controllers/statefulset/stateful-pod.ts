import type { Pod, StatefulSet, Volume } from '@kubedrill/kube-model';
import type { Draft } from '../../engine/controller.ts';
import type { Instant } from '../../engine/time.ts';
import { labelOf } from '../label-selector.ts';
import { podFromTemplate } from '../pod-from-template.ts';
import { availableFrom, isPodReady } from '../pod-state.ts';
import type { PodRevision } from './statefulset-revisions.ts';

/** pkg/controller/statefulset/stateful_set_utils.go: what makes a Pod one of a StatefulSet. */

const podNameLabel = 'statefulset.kubernetes.io/pod-name';
const podIndexLabel = 'apps.kubernetes.io/pod-index';
export const revisionLabel = 'controller-revision-hash';

const shape = /^(.*)-([0-9]+)$/s;

/** The StatefulSet that a Pod's name names, and its number; undefined for other names. */
export function memberOf(podName: string): { readonly set: string; readonly ordinal: number } | undefined {
  const [, set, digits] = shape.exec(podName) ?? [];
  const ordinal = Number(digits);
  return set === undefined || ordinal > 2 ** 31 - 1 ? undefined : { set, ordinal };
}

export function ordinalOf({ metadata: { name } }: Pod): number {
  return memberOf(name)?.ordinal ?? -1;
}

export function startOrdinal({ spec }: StatefulSet): number {
  return spec.ordinals?.start ?? 0;
}

export function podRevision({ metadata: { labels } }: Pod): string {
  return labelOf(labels, revisionLabel) ?? '';
}

export function isRunningAndReady(pod: Pod): boolean {
  return pod.status.phase === 'Running' && isPodReady(pod);
}

export function isAvailable(pod: Pod, { spec }: StatefulSet, now: Instant): boolean {
  const from = availableFrom(pod, spec.minReadySeconds ?? 0);
  return from !== undefined && from <= now;
}

export function isTerminating({ metadata }: Pod): boolean {
  return metadata.deletionTimestamp !== undefined;
}

/** newStatefulSetPod. */
export function statefulPod(set: StatefulSet, ordinal: number, { name: revision, template }: PodRevision): Draft<Pod> {
  const pod = podFromTemplate(set, template);
  const name = `${set.metadata.name}-${ordinal}`;
  const { subdomain: _subdomain, ...spec } = pod.spec;
  const { serviceName } = set.spec;
  const claims = claimVolumes(set, ordinal);
  const others = spec.volumes?.filter((volume) => !claims.some((claim) => claim.name === volume.name)) ?? [];
  return {
    ...pod,
    metadata: {
      ...pod.metadata,
      name,
      labels: { ...pod.metadata.labels, ...identityLabels(name, ordinal), [revisionLabel]: revision },
    },
    spec: {
      ...spec,
      hostname: name,
      ...(serviceName && { subdomain: serviceName }),
      ...(claims.length > 0 && { volumes: [...claims, ...others] }),
    },
  };
}

function identityLabels(name: string, ordinal: number): Readonly<Record<string, string>> {
  return { [podNameLabel]: name, [podIndexLabel]: String(ordinal) };
}

function claimVolumes({ metadata, spec }: StatefulSet, ordinal: number): readonly Volume[] {
  return (spec.volumeClaimTemplates ?? []).map(({ metadata: { name = '' } }) => ({
    name,
    persistentVolumeClaim: { claimName: `${name}-${metadata.name}-${ordinal}` },
  }));
}

/** The Pod with its identity again, where somebody took it away; undefined when it has it. */
export function withIdentity(pod: Pod): Pod | undefined {
  const { name, labels } = pod.metadata;
  if (labelOf(labels, podNameLabel) === name) return undefined;
  return { ...pod, metadata: { ...pod.metadata, labels: { ...labels, ...identityLabels(name, ordinalOf(pod)) } } };
}
