import type { Pod, PodSpec } from '@kubedrill/kube-model';
import { semanticallyEqual } from '../../validation/immutable.ts';
import { metadataPath, root } from '../../validation/path.ts';
import { validate } from '../../validation/rule.ts';
import { appArmorFieldFor } from '../pod-template/profile-warnings.ts';
import type { FullContainer, FullPodSpec, SeccompProfile } from '../pod-template/validation/pod-spec-shape.ts';
import { appArmorOfContainer } from '../pod-template/validation/profile-annotations.ts';
import { appArmor } from '../pod-template/validation/security-context.ts';

/**
 * applyAppArmorVersionSkew of registry/core/pod/strategy.go: what an old annotation says of a container becomes its field, unless
 * the whole pod has that profile.
 */
export function withAppArmorFields(pod: Pod, warnings: string[] | undefined): Pod {
  const { annotations = {} } = pod.metadata;
  const spec = pod.spec as FullPodSpec;
  if (spec.os?.name === 'windows' || !Object.keys(annotations).some((key) => key.startsWith(appArmorOfContainer)))
    return pod;
  const withField = (container: FullContainer): FullContainer => {
    const key = appArmorOfContainer + container.name;
    if (container.securityContext?.appArmorProfile || !Object.hasOwn(annotations, key)) return container;
    const profile = soundProfile(annotations[key] ?? '');
    if (profile && semanticallyEqual(profile, spec.securityContext?.appArmorProfile)) return container;
    const at = metadataPath.child('annotations').key(key);
    warnings?.push(`${at.toString()}: deprecated since v1.30; use the "appArmorProfile" field instead`);
    return profile
      ? { ...container, securityContext: { ...container.securityContext, appArmorProfile: profile } }
      : container;
  };
  const changes = Object.fromEntries(
    (['initContainers', 'containers', 'ephemeralContainers'] as const).flatMap((name) => {
      const list = spec[name];
      return list ? [[name, list.map(withField)]] : [];
    }),
  );
  return { ...pod, spec: { ...pod.spec, ...(changes as Partial<PodSpec>) } };
}

function soundProfile(annotation: string): SeccompProfile | undefined {
  const profile = appArmorFieldFor(annotation);
  return profile && validate(appArmor, profile, root).length === 0 ? profile : undefined;
}
