import type { Container, PodSpec, PodTemplateSpec } from '@kubedrill/kube-model';
import type { FullPodSpec, Projection, Volume } from './validation/pod-spec-shape.ts';

/**
 * DropDisabledPodFields of pkg/api/pod/util.go: fields of features that are off in v1.36 vanish without a word: ContainerStopSignals,
 * GenericWorkload (schedulingGroup), ClusterTrustBundleProjection, PodCertificateRequest. Gives back the same spec where none is used.
 */
export function withoutDisabledFields(spec: PodSpec): PodSpec {
  const { schedulingGroup, ...rest } = spec as PodSpec & { readonly schedulingGroup?: unknown };
  const kept: PodSpec = schedulingGroup === undefined ? spec : rest;
  const changes: Record<string, unknown> = {};
  for (const name of ['containers', 'initContainers'] as const) {
    const list = kept[name] ?? [];
    if (list.some(hasStopSignal)) changes[name] = list.map(withoutStopSignal);
  }
  const { volumes } = kept as FullPodSpec;
  if (volumes?.some(hasDisabledProjection)) changes.volumes = volumes.map(withoutDisabledProjections);
  return Object.keys(changes).length === 0 ? kept : { ...kept, ...changes };
}

function withoutDisabledTemplateFields(template: PodTemplateSpec): PodTemplateSpec {
  const spec = withoutDisabledFields(template.spec);
  return spec === template.spec ? template : { ...template, spec };
}

/** The spec of a workload, with its template in order. */
export function withoutDisabledTemplate<S extends { readonly template: PodTemplateSpec }>(spec: S): S {
  const template = withoutDisabledTemplateFields(spec.template);
  return template === spec.template ? spec : { ...spec, template };
}

function hasStopSignal({ lifecycle }: Container): boolean {
  return lifecycle?.stopSignal !== undefined;
}

function withoutStopSignal(container: Container): Container {
  if (!hasStopSignal(container)) return container;
  const { lifecycle, ...others } = container;
  const { postStart, preStop } = lifecycle ?? {};
  if (postStart === undefined && preStop === undefined) return others;
  return {
    ...others,
    lifecycle: { ...(postStart !== undefined && { postStart }), ...(preStop !== undefined && { preStop }) },
  };
}

type AnyProjection = Projection & { readonly clusterTrustBundle?: unknown; readonly podCertificate?: unknown };

function isDisabled({ clusterTrustBundle, podCertificate }: AnyProjection): boolean {
  return clusterTrustBundle !== undefined || podCertificate !== undefined;
}

function hasDisabledProjection({ projected }: Volume): boolean {
  return projected?.sources?.some(isDisabled) ?? false;
}

/** The source stays in its place, empty. */
function withoutDisabledProjections(volume: Volume): Volume {
  if (!hasDisabledProjection(volume)) return volume;
  const sources = volume.projected?.sources?.map(({ secret, configMap, downwardAPI, serviceAccountToken }) => ({
    ...(secret && { secret }),
    ...(configMap && { configMap }),
    ...(downwardAPI && { downwardAPI }),
    ...(serviceAccountToken && { serviceAccountToken }),
  }));
  return { ...volume, projected: { ...volume.projected, sources } };
}
