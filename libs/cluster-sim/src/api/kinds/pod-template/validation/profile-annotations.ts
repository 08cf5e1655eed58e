import type { StringMap } from '@kubedrill/kube-model';
import type { FieldError } from '../../../validation/field-error.ts';
import { forbidden, invalid } from '../../../validation/field-error.ts';
import { goQuote } from '../../../validation/go-quote.ts';
import type { Path } from '../../../validation/path.ts';
import { localPath } from './paths.ts';
import type { FullContainer, FullPodSpec, SeccompProfile } from './pod-spec-shape.ts';

/** The annotations from before securityContext had fields for profiles: seccomp up to v1.27, AppArmor up to v1.30. */
export const seccompOfPod = 'seccomp.security.alpha.kubernetes.io/pod';
export const seccompOfContainer = 'container.seccomp.security.alpha.kubernetes.io/';
export const appArmorOfContainer = 'container.apparmor.security.beta.kubernetes.io/';

const localhost = 'localhost/';
const runtimeDefault = 'runtime/default';

/** ValidateSeccompPodAnnotations and ValidateAppArmorPodAnnotations. The key of seccomp's is shown as if it were a field. */
export function profileAnnotations(annotations: StringMap, spec: FullPodSpec, at: Path, report: FieldError[]): void {
  const pods = Object.hasOwn(annotations, seccompOfPod) ? annotations[seccompOfPod] : undefined;
  if (pods !== undefined) seccompName(pods, at.child(seccompOfPod), report);
  for (const [key, value] of Object.entries(annotations))
    if (key.startsWith(seccompOfContainer)) seccompName(value, at.child(key), report);
  for (const [key, value] of Object.entries(annotations))
    if (key.startsWith(appArmorOfContainer)) appArmorAnnotation(key, value, spec, at.key(key), report);
}

function seccompName(name: string, at: Path, report: FieldError[]): void {
  if ([runtimeDefault, 'docker/default', 'unconfined'].includes(name)) return;
  if (name.startsWith(localhost)) localPath(name.slice(localhost.length), at, report);
  else report.push(invalid(at, name, 'must be a valid seccomp profile'));
}

function appArmorAnnotation(key: string, value: string, spec: FullPodSpec, at: Path, report: FieldError[]): void {
  const container = key.slice(appArmorOfContainer.length);
  const all = [...(spec.initContainers ?? []), ...(spec.containers ?? []), ...(spec.ephemeralContainers ?? [])];
  if (!all.some(({ name }) => name === container)) report.push(invalid(at, container, 'container not found'));
  if (value !== '' && value !== runtimeDefault && value !== 'unconfined' && !value.startsWith(localhost))
    report.push(invalid(at, value, `invalid AppArmor profile name: ${goQuote(value)}`));
}

/** validateSeccompAnnotationsAndFields and its like for AppArmor: who says it twice says the same. */
export function profilesMatch(
  annotations: StringMap | undefined,
  spec: FullPodSpec,
  at: Path,
  report: FieldError[],
): void {
  if (!annotations) return;
  const own = (key: string): string | undefined => (Object.hasOwn(annotations, key) ? annotations[key] : undefined);
  const { seccompProfile, appArmorProfile } = spec.securityContext ?? {};
  sameProfile(
    'seccomp',
    own(seccompOfPod),
    seccompProfile,
    at.child('securityContext').child('seccompProfile'),
    report,
  );
  const containers = containersOf(spec, at);
  for (const [{ name, securityContext }, place] of containers) {
    const profilePlace = place.child('securityContext').child('seccompProfile');
    sameProfile('seccomp', own(seccompOfContainer + name), securityContext?.seccompProfile, profilePlace, report);
  }
  if (spec.os?.name === 'windows') return;
  for (const [{ name, securityContext }, place] of containers) {
    const profile = securityContext?.appArmorProfile ?? appArmorProfile;
    const profilePlace = place.child('securityContext').child('appArmorProfile');
    sameProfile('apparmor', own(appArmorOfContainer + name), profile, profilePlace, report);
  }
}

function containersOf(spec: FullPodSpec, at: Path): readonly (readonly [FullContainer, Path])[] {
  return (['initContainers', 'containers', 'ephemeralContainers'] as const).flatMap((list) =>
    (spec[list] ?? []).map((container, index) => [container, at.child(list).index(index)] as const),
  );
}

function sameProfile(
  what: 'seccomp' | 'apparmor',
  annotation: string | undefined,
  profile: SeccompProfile | undefined,
  at: Path,
  report: FieldError[],
): void {
  if (annotation === undefined || !profile) return;
  const types = { Unconfined: ['unconfined'], RuntimeDefault: [runtimeDefault] };
  if (what === 'seccomp') types.RuntimeDefault.push('docker/default');
  const isLocal = profile.type === 'Localhost';
  const isSameType = isLocal
    ? annotation.startsWith(localhost)
    : (Object.entries(types)
        .find(([type]) => type === profile.type)?.[1]
        .includes(annotation) ?? true);
  if (!isSameType) report.push(forbidden(at.child('type'), `${what} type in annotation and field must match`));
  else if (isLocal && annotation.slice(localhost.length) !== profile.localhostProfile)
    report.push(forbidden(at.child('localhostProfile'), `${what} profile in annotation and field must match`));
}
