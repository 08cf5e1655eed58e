import type { FieldError } from '../../../validation/field-error.ts';
import { forbidden, notSupported, required } from '../../../validation/field-error.ts';
import type { Path } from '../../../validation/path.ts';
import type { FullPodSpec } from './pod-spec-shape.ts';

/** validateOS, then validateLinux or validateWindows: what a pod says of an operating system that is not its own. */
export function operatingSystem(spec: FullPodSpec, at: Path, report: FieldError[]): void {
  if (!spec.os) return;
  const { name } = spec.os;
  const place = at.child('os');
  if (name === '') report.push(required(place.child('name')));
  else if (name === 'linux') withoutMembers(spec, at, [], linux, report);
  else if (name === 'windows') withoutMembers(spec, at, ofWindowsPod(spec), windows, report);
  else report.push(notSupported(place, name, ['linux', 'windows']));
}

/** Members of security contexts that the system does not know. */
interface Foreign {
  readonly ofPod: readonly string[];
  readonly ofContainer: readonly string[];
  readonly words: string;
}

const linux: Foreign = {
  ofPod: ['windowsOptions'],
  ofContainer: ['windowsOptions'],
  words: 'windows options cannot be set for a linux pod',
};

const windows: Foreign = {
  ofPod: [],
  ofContainer: [
    'appArmorProfile',
    'seLinuxOptions',
    'seccompProfile',
    'capabilities',
    'readOnlyRootFilesystem',
    'privileged',
    'allowPrivilegeEscalation',
    'procMount',
    'runAsUser',
    'runAsGroup',
  ],
  words: 'cannot be set for a windows pod',
};

/** In the order in which Kubernetes asks; some stand in the spec itself. */
const membersOfWindowsPod: readonly (readonly [where: 'spec' | 'context', name: string])[] = [
  ['context', 'appArmorProfile'],
  ['context', 'seLinuxOptions'],
  ['spec', 'hostUsers'],
  ['spec', 'hostPID'],
  ['spec', 'hostIPC'],
  ['context', 'seccompProfile'],
  ['context', 'fsGroup'],
  ['context', 'fsGroupChangePolicy'],
  ['context', 'sysctls'],
  ['spec', 'shareProcessNamespace'],
  ['context', 'runAsUser'],
  ['context', 'runAsGroup'],
  ['context', 'supplementalGroups'],
  ['context', 'supplementalGroupsPolicy'],
  ['context', 'seLinuxChangePolicy'],
];

type Members = Readonly<Record<string, unknown>>;

function ofWindowsPod(spec: FullPodSpec): readonly (readonly string[])[] {
  const has = (object: object | undefined, name: string): boolean =>
    object !== undefined && (object as Members)[name] !== undefined;
  return membersOfWindowsPod
    .filter(([where, name]) => has(where === 'spec' ? spec : spec.securityContext, name))
    .map(([where, name]) => (where === 'spec' ? [name] : ['securityContext', name]));
}

function withoutMembers(
  spec: FullPodSpec,
  at: Path,
  found: readonly (readonly string[])[],
  { ofPod, ofContainer, words }: Foreign,
  report: FieldError[],
): void {
  for (const path of found)
    report.push(
      forbidden(
        path.reduce((place, name) => place.child(name), at),
        words,
      ),
    );
  refuse(spec.securityContext, ofPod, at, words, report);
  for (const list of ['initContainers', 'containers', 'ephemeralContainers'] as const)
    for (const [index, { securityContext }] of (spec[list] ?? []).entries())
      refuse(securityContext, ofContainer, at.child(list).index(index), words, report);
}

function refuse(
  context: object | undefined,
  names: readonly string[],
  at: Path,
  words: string,
  report: FieldError[],
): void {
  for (const name of names)
    if ((context as Members | undefined)?.[name] !== undefined)
      report.push(forbidden(at.child('securityContext').child(name), words));
}
