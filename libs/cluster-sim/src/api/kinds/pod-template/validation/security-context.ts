import type { FieldError } from '../../../validation/field-error.ts';
import { duplicate, invalid, notSupported, required, tooLong } from '../../../validation/field-error.ts';
import type { Path } from '../../../validation/path.ts';
import type { Rule } from '../../../validation/rule.ts';
import { each, field, given, inOrder, numeric, oneOf } from '../../../validation/rule.ts';
import { byteLength, rangeError } from '../../../validation/text-format.ts';
import { seccompProfile, securityContext as internalContext } from '../../pod/internal/internal-container.ts';
import { shownInside } from '../../pod/internal/internal-struct.ts';
import { localPath } from './paths.ts';
import type { FullPodSpec, PodSecurityContext, SeccompProfile, SecurityContext } from './pod-spec-shape.ts';

const maxId = 2 ** 31 - 1;

/** IDs of Linux users and groups. */
const userOrGroup = numeric((id) => (id >= 0 && id <= maxId ? [] : [rangeError(0, maxId)]));

const profileTypes = ['Localhost', 'RuntimeDefault', 'Unconfined'];

const seccomp: Rule<SeccompProfile> = (profile, at, report) => {
  const place = at.child('localhostProfile');
  if (profile.type === '') report.push(required(at.child('type'), 'type is required when seccompProfile is set'));
  else oneOf(profileTypes)(profile.type, at.child('type'), report);
  if (profile.type === 'Localhost') {
    if (profile.localhostProfile === undefined)
      report.push(required(place, 'must be set when seccomp type is Localhost'));
    else localPath(profile.localhostProfile, place, report);
  } else if (profile.localhostProfile !== undefined) {
    report.push(invalid(place, shownInside(seccompProfile, profile), 'can only be set when seccomp type is Localhost'));
  }
};

/** PATH_MAX - 1 */
const maxPathLength = 4095;

export const appArmor: Rule<SeccompProfile> = ({ type, localhostProfile }, at, report) => {
  const place = at.child('localhostProfile');
  if (type === 'Localhost') {
    const trimmed = localhostProfile?.trim();
    if (trimmed === undefined || localhostProfile === '')
      report.push(required(place, 'must be set when AppArmor type is Localhost'));
    else if (trimmed !== localhostProfile)
      report.push(invalid(place, localhostProfile, 'must not be padded with whitespace'));
    if (byteLength(localhostProfile ?? '') > maxPathLength) report.push(tooLong(place, maxPathLength));
  } else if (type === '') report.push(required(at.child('type'), 'type is required when appArmorProfile is set'));
  else if (!profileTypes.includes(type)) report.push(notSupported(at.child('type'), type, profileTypes));
  else if (localhostProfile !== undefined)
    report.push(invalid(place, localhostProfile, 'can only be set when AppArmor type is Localhost'));
};

const maxSysctlLength = 253;
const sysctlPattern = '([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?';
const sysctlName = new RegExp(`^${sysctlPattern}$`);
const ipcSysctls = /^(kernel[./](msg|sem|shm)|fs[./]mqueue[./])/;

function sysctls(
  list: NonNullable<PodSecurityContext['sysctls']>,
  spec: FullPodSpec,
  at: Path,
  report: FieldError[],
): void {
  const names = new Set<string>();
  for (const [index, { name }] of list.entries()) {
    const place = at.index(index).child('name');
    if (name === '') report.push(required(place));
    else if (name.length > maxSysctlLength || !sysctlName.test(name)) {
      report.push(
        invalid(place, name, `must have at most ${maxSysctlLength} characters and match regex ^${sysctlPattern}$`),
      );
    } else if (names.has(name)) report.push(duplicate(place, name));
    if (spec.hostNetwork && /^net[./]/.test(name))
      report.push(invalid(place, name, "may not be specified when 'hostNetwork' is true"));
    if (spec.hostIPC && ipcSysctls.test(name))
      report.push(invalid(place, name, "may not be specified when 'hostIPC' is true"));
    names.add(name);
  }
}

const podContext = inOrder<PodSecurityContext>(
  field('fsGroup', given(userOrGroup)),
  field('runAsUser', given(userOrGroup)),
  field('runAsGroup', given(userOrGroup)),
  field('supplementalGroups', each(userOrGroup)),
);

const podContextPolicies = inOrder<PodSecurityContext>(
  field('fsGroupChangePolicy', given(oneOf(['Always', 'OnRootMismatch']))),
  field('seccompProfile', given(seccomp)),
  field('appArmorProfile', given(appArmor)),
  field('supplementalGroupsPolicy', given(oneOf(['Merge', 'Strict']))),
  field('seLinuxChangePolicy', given(oneOf(['MountOption', 'Recursive']))),
);

/** validatePodSpecSecurityContext. */
export function podSecurityContext(spec: FullPodSpec, at: Path, report: FieldError[]): void {
  const context = spec.securityContext;
  if (!context) return;
  podContext(context, at, report);
  if (spec.shareProcessNamespace && spec.hostPID) {
    report.push(
      invalid(at.child('shareProcessNamespace'), true, 'ShareProcessNamespace and HostPID cannot both be enabled'),
    );
  }
  if (context.sysctls) sysctls(context.sysctls, spec, at.child('sysctls'), report);
  podContextPolicies(context, at, report);
}

/** ValidateSecurityContext of a container. `hostUsers`: the container shares the host's user namespace. */
export function securityContext(hostUsers: boolean): Rule<SecurityContext | undefined> {
  return (context, at, report) => {
    if (!context) return;
    for (const name of ['runAsUser', 'runAsGroup'] as const) {
      const id = context[name];
      if (id !== undefined) userOrGroup(id, at.child(name), report);
    }
    if (context.procMount !== undefined) procMount(context.procMount, hostUsers, at.child('procMount'), report);
    if (context.seccompProfile) seccomp(context.seccompProfile, at.child('seccompProfile'), report);
    escalation(context, at, report);
    if (context.appArmorProfile) appArmor(context.appArmorProfile, at.child('appArmorProfile'), report);
  };
}

function procMount(type: string, hostUsers: boolean, at: Path, report: FieldError[]): void {
  oneOf(['Default', 'Unmasked'])(type, at, report);
  if (hostUsers && type === 'Unmasked') report.push(invalid(at, type, '`hostUsers` must be false to use `Unmasked`'));
}

function escalation(context: SecurityContext, at: Path, report: FieldError[]): void {
  if (context.allowPrivilegeEscalation !== false) return;
  const words = 'cannot set `allowPrivilegeEscalation` to false and';
  const shown = shownInside(internalContext, context);
  if (context.privileged === true) report.push(invalid(at, shown, `${words} \`privileged\` to true`));
  if (context.capabilities?.add?.includes('CAP_SYS_ADMIN'))
    report.push(invalid(at, shown, `${words} \`capabilities.Add\` CAP_SYS_ADMIN`));
}
