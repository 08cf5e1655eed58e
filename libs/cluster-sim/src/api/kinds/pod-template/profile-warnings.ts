import type { StringMap } from '@kubedrill/kube-model';
import { semanticallyEqual } from '../../validation/immutable.ts';
import { root, type Path } from '../../validation/path.ts';
import type { FullContainer, FullPodSpec, SeccompProfile } from './validation/pod-spec-shape.ts';
import { appArmorOfContainer, seccompOfContainer, seccompOfPod } from './validation/profile-annotations.ts';

export function podProfileWarnings(spec: FullPodSpec, annotations: StringMap | undefined, at: Path): readonly string[] {
  if (!annotations || spec.securityContext?.seccompProfile || !Object.hasOwn(annotations, seccompOfPod)) return [];
  return [seccompWarning(seccompOfPod, at)];
}

/** Profiles that only an annotation gives a container. */
export function containerProfileWarnings(
  spec: FullPodSpec,
  { name, securityContext }: FullContainer,
  annotations: StringMap | undefined,
  at: Path,
): readonly string[] {
  if (!annotations) return [];
  const [seccompKey, appArmorKey] = [seccompOfContainer + name, appArmorOfContainer + name];
  const isSeccompOld = !securityContext?.seccompProfile && Object.hasOwn(annotations, seccompKey);
  const seccomp = isSeccompOld ? [seccompWarning(seccompKey, at)] : [];
  // The annotations of a Pod become fields before anybody looks.
  if (at === root || securityContext?.appArmorProfile || !Object.hasOwn(annotations, appArmorKey)) return seccomp;
  const own = spec.securityContext?.appArmorProfile;
  if (own && semanticallyEqual(own, appArmorFieldFor(annotations[appArmorKey] ?? ''))) return seccomp;
  return [...seccomp, `${placeOf(appArmorKey, at)}: deprecated since v1.30; use the "appArmorProfile" field instead`];
}

function seccompWarning(key: string, at: Path): string {
  return `${placeOf(key, at)}: non-functional in v1.27+; use the "seccompProfile" field instead`;
}

function placeOf(key: string, at: Path): string {
  return at.child('metadata').child('annotations').key(key).toString();
}

const localhost = 'localhost/';

/** ApparmorFieldForAnnotation: the field that says the same; undefined where no field can. */
export function appArmorFieldFor(annotation: string): SeccompProfile | undefined {
  if (annotation === 'unconfined') return { type: 'Unconfined' };
  if (annotation === 'runtime/default') return { type: 'RuntimeDefault' };
  const localhostProfile = annotation.startsWith(localhost) ? annotation.slice(localhost.length) : '';
  return localhostProfile === '' ? undefined : { type: 'Localhost', localhostProfile };
}
