import * as baseline from './baseline-checks.ts';
import * as restricted from './restricted-checks.ts';
import { standardText, type Standard } from './policy.ts';
import type { Check, ReviewedPod, Violation } from './reviewed-pod.ts';

/** The Pod Security Standards by version: what pod-security-admission/policy registers. */

interface VersionedCheck {
  /** Versions 1.x from which on the check is as it is here, ascending. */
  readonly since: readonly (readonly [minor: number, check: Check])[];
  /** Of the lower level, what this one takes the place of. */
  readonly replaces?: string;
}

const sysctls = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.ping_group_range',
  'net.ipv4.ip_unprivileged_port_start',
];
const sysctls27 = [...sysctls, 'net.ipv4.ip_local_reserved_ports'];
const keepAlive = ['time', 'intvl', 'probes'].map((name) => `net.ipv4.tcp_keepalive_${name}`);
const sysctls29 = [...sysctls27, 'net.ipv4.tcp_fin_timeout', ...keepAlive];
const sysctls32 = [...sysctls29, 'net.ipv4.tcp_rmem', 'net.ipv4.tcp_wmem'];

/** By name of the check, in the order of the names. */
const baselineChecks: Readonly<Record<string, VersionedCheck>> = {
  appArmorProfile: { since: [[0, baseline.appArmorProfile]] },
  capabilities_baseline: { since: [[0, baseline.capabilities]] },
  hostNamespaces: { since: [[0, baseline.hostNamespaces]] },
  hostPathVolumes: { since: [[0, baseline.hostPathVolumes]] },
  hostPorts: { since: [[0, baseline.hostPorts]] },
  hostProbesAndHostLifecycle: { since: [[34, baseline.hostProbesAndHostLifecycle]] },
  privileged: { since: [[0, baseline.privileged]] },
  procMount: {
    since: [
      [0, baseline.procMount],
      [35, restricted.unlessOwnUsers(baseline.procMount)],
    ],
  },
  seLinuxOptions: {
    since: [
      [0, baseline.seLinuxOptions],
      [31, baseline.seLinuxOptionsWithEngine],
    ],
  },
  seccompProfile_baseline: {
    since: [
      [0, baseline.seccompAnnotations],
      [19, baseline.seccompProfile],
    ],
  },
  sysctls: {
    since: [
      [0, baseline.sysctls(sysctls)],
      [27, baseline.sysctls(sysctls27)],
      [29, baseline.sysctls(sysctls29)],
      [32, baseline.sysctls(sysctls32)],
    ],
  },
  windowsHostProcess: { since: [[0, baseline.windowsHostProcess]] },
};

const restrictedChecks: Readonly<Record<string, VersionedCheck>> = {
  allowPrivilegeEscalation: {
    since: [
      [8, restricted.allowPrivilegeEscalation],
      [25, restricted.unlessForWindows(restricted.allowPrivilegeEscalation)],
    ],
  },
  capabilities_restricted: {
    since: [
      [22, restricted.droppedCapabilities],
      [25, restricted.unlessForWindows(restricted.droppedCapabilities)],
    ],
    replaces: 'capabilities_baseline',
  },
  procMount_restricted: { since: [[35, baseline.procMount]], replaces: 'procMount' },
  restrictedVolumes: { since: [[0, restricted.restrictedVolumes]], replaces: 'hostPathVolumes' },
  runAsNonRoot: {
    since: [
      [0, restricted.runAsNonRoot],
      [35, restricted.unlessOwnUsers(restricted.runAsNonRoot)],
    ],
  },
  runAsUser: {
    since: [
      [23, restricted.runAsUser],
      [35, restricted.unlessOwnUsers(restricted.runAsUser)],
    ],
  },
  seccompProfile_restricted: {
    since: [
      [19, restricted.demandedSeccompProfile],
      [25, restricted.unlessForWindows(restricted.demandedSeccompProfile)],
    ],
    replaces: 'seccompProfile_baseline',
  },
};

export function violationsOf(pod: ReviewedPod, { level, minor = Infinity }: Standard): readonly Violation[] {
  if (level === 'privileged') return [];
  const strict = level === 'restricted' ? Object.values(restrictedChecks) : [];
  const replaced = new Set(strict.flatMap((check) => (checkOf(check, minor) ? (check.replaces ?? []) : [])));
  const lax = Object.entries(baselineChecks).filter(([name]) => !replaced.has(name));
  return [...lax.map(([, check]) => check), ...strict].flatMap((check) => checkOf(check, minor)?.(pod) ?? []);
}

/** The check as it was in that version, undefined before it was there. */
function checkOf({ since }: VersionedCheck, minor: number): Check | undefined {
  return since.findLast(([from]) => from <= minor)?.[1];
}

/** `violates PodSecurity "restricted:latest": ...` */
export function violationText(standard: Standard, violations: readonly Violation[]): string {
  const shown = violations.map(({ reason, detail }) => `${reason} (${detail})`).join(', ');
  return `PodSecurity "${standardText(standard)}": ${shown}`;
}
