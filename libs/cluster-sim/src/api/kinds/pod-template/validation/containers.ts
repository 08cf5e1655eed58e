import type { FieldError } from '../../../validation/field-error.ts';
import { duplicate, forbidden, invalid, notFound, required } from '../../../validation/field-error.ts';
import type { Path } from '../../../validation/path.ts';
import { field, formatted, inOrder, oneOf, requiredText } from '../../../validation/rule.ts';
import { dns1123Label } from '../../../validation/text-format.ts';
import { containerPorts, hostPortConflicts } from './container-ports.ts';
import { containerRestart, resizePolicy } from './container-restart.ts';
import { environment, environmentFrom } from './environment.ts';
import type { FullContainer, FullPodSpec } from './pod-spec-shape.ts';
import { lifecycleAndProbes, noLifecycleAndProbes } from './probes.ts';
import { pullPolicy } from './pull-policy.ts';
import { containerResourceRule } from './resources.ts';
import { securityContext } from './security-context.ts';
import type { VolumesByName } from './volume-mounts.ts';
import { volumeDevices, volumeMounts } from './volume-mounts.ts';

/** What the rules of a container need to know of its pod. */
export interface PodSurroundings {
  readonly spec: FullPodSpec;
  readonly volumes: VolumesByName;
  readonly claimNames: ReadonlySet<string>;
}

const basics = inOrder<FullContainer>(
  field('name', requiredText(formatted(dns1123Label))),
  field(
    'image',
    requiredText(() => undefined),
  ),
  field('terminationMessagePolicy', requiredText(oneOf(['File', 'FallbackToLogsOnError']))),
  field('ports', containerPorts),
  field('env', environment),
  field('envFrom', environmentFrom),
);

/** validateContainerCommon. */
function anyContainer(container: FullContainer, pod: PodSurroundings, at: Path, report: FieldError[]): void {
  basics(container, at, report);
  volumeMounts(container, pod.volumes, at.child('volumeMounts'), report);
  volumeDevices(container, pod.volumes, at.child('volumeDevices'), report);
  pullPolicy(container.imagePullPolicy, at.child('imagePullPolicy'), report);
  if (container.resources) containerResourceRule(pod.claimNames)(container.resources, at.child('resources'), report);
  resizePolicy(container.resizePolicy, pod.spec.restartPolicy, at.child('resizePolicy'), report);
  securityContext(pod.spec.hostUsers !== false)(container.securityContext, at.child('securityContext'), report);
}

/** validateContainers. */
export function containers(pod: PodSurroundings, at: Path, report: FieldError[]): void {
  const list = pod.spec.containers ?? [];
  if (list.length === 0) return void report.push(required(at));
  const names = new Set<string>();
  for (const [index, container] of list.entries()) {
    const place = at.index(index);
    anyContainer(container, pod, place, report);
    if (names.has(container.name)) report.push(duplicate(place.child('name'), container.name));
    names.add(container.name);
    lifecycleAndProbes(container, pod.spec.terminationGracePeriodSeconds, place, report);
    containerRestart(container, place, report);
  }
  hostPortConflicts(list, at, report);
}

/** validateInitContainers: those that always restart are sidecars. */
export function initContainers(pod: PodSurroundings, at: Path, report: FieldError[]): void {
  const names = new Set((pod.spec.containers ?? []).map(({ name }) => name));
  for (const [index, container] of (pod.spec.initContainers ?? []).entries()) {
    const place = at.index(index);
    anyContainer(container, pod, place, report);
    containerRestart(container, place, report);
    if (names.has(container.name)) report.push(duplicate(place.child('name'), container.name));
    else if (container.name !== '') names.add(container.name);
    // Kubernetes checks each init container alone and reports its ports at the first place.
    hostPortConflicts([container], at, report);
    if (container.restartPolicy === 'Always')
      lifecycleAndProbes(container, pod.spec.terminationGracePeriodSeconds, place, report);
    else {
      noLifecycleAndProbes(container, place, report);
      resizeOfOneTimeContainer(container, place.child('resizePolicy'), report);
    }
  }
}

function resizeOfOneTimeContainer(container: FullContainer, at: Path, report: FieldError[]): void {
  for (const [index, { restartPolicy }] of (container.resizePolicy ?? []).entries()) {
    if (restartPolicy !== 'RestartContainer') continue;
    const place = at.index(index).child('restartPolicy');
    report.push(invalid(place, restartPolicy, "must not be set to 'RestartContainer' for non-sidecar initContainers"));
  }
}

/** In the order of the Go struct; what is allowed is not here. */
const notEphemeral = [
  'ports',
  'resources',
  'resizePolicy',
  'restartPolicy',
  'restartPolicyRules',
  'livenessProbe',
  'readinessProbe',
  'startupProbe',
  'lifecycle',
] as const;

const forEphemeral = 'cannot be set for an Ephemeral Container';

/** validateEphemeralContainers: for debugging only, so nothing may depend on them. */
export function ephemeralContainers(pod: PodSurroundings, at: Path, report: FieldError[]): void {
  const others = [...(pod.spec.containers ?? []), ...(pod.spec.initContainers ?? [])].map(({ name }) => name);
  const names = new Set(others);
  for (const [index, container] of (pod.spec.ephemeralContainers ?? []).entries()) {
    const place = at.index(index);
    const { name, targetContainerName } = container;
    anyContainer(container, pod, place, report);
    untrimmedImage(container, place, report);
    if (names.has(name)) report.push(duplicate(place.child('name'), name));
    names.add(name);
    if (targetContainerName && !others.includes(targetContainerName))
      report.push(notFound(place.child('targetContainerName'), targetContainerName));
    for (const member of notEphemeral) {
      // Resources are no pointer in Go: there, but empty, is as if they were not.
      const isSet = member === 'resources' ? hasResources(container) : container[member] !== undefined;
      if (isSet) report.push(forbidden(place.child(member), forEphemeral));
    }
    for (const [mountIndex, mount] of (container.volumeMounts ?? []).entries()) {
      const mountPlace = place.child('volumeMounts').index(mountIndex);
      for (const member of ['subPath', 'subPathExpr'] as const)
        if (mount[member]) report.push(forbidden(mountPlace.child(member), forEphemeral));
    }
  }
}

function hasResources({ resources }: FullContainer): boolean {
  return resources !== undefined && Object.keys(resources).length > 0;
}

/** validateContainersOnlyForPod: templates may hold such images, pods may not. */
export function untrimmedImages(
  list: readonly FullContainer[] | null | undefined,
  at: Path,
  report: FieldError[],
): void {
  for (const [index, container] of (list ?? []).entries()) untrimmedImage(container, at.index(index), report);
}

function untrimmedImage({ image = '' }: FullContainer, at: Path, report: FieldError[]): void {
  if (image.trim() !== image)
    report.push(invalid(at.child('image'), image, 'must not have leading or trailing whitespace'));
}
