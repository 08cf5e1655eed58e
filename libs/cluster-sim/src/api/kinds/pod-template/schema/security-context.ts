import { always, bool, int64, list, named, object, pointer, string } from '../../../schema/schema.ts';

/** core/v1: security contexts of pods and containers. */

export const capabilities = object('Capabilities', {
  add: list(named('v1.Capability', string)),
  drop: list(named('v1.Capability', string)),
});

export const seLinuxOptions = object('SELinuxOptions', { user: string, role: string, type: string, level: string });

export const seccompProfile = object('SeccompProfile', {
  type: always(named('v1.SeccompProfileType', string)),
  localhostProfile: pointer(string),
});

export const appArmorProfile = object('AppArmorProfile', {
  type: always(named('v1.AppArmorProfileType', string)),
  localhostProfile: pointer(string),
});

export const windowsSecurityContextOptions = object('WindowsSecurityContextOptions', {
  gmsaCredentialSpecName: pointer(string),
  gmsaCredentialSpec: pointer(string),
  runAsUserName: pointer(string),
  hostProcess: pointer(bool),
});

export const sysctl = object('Sysctl', { name: always(string), value: always(string) });

export const securityContext = object('SecurityContext', {
  capabilities,
  privileged: pointer(bool),
  seLinuxOptions,
  windowsOptions: windowsSecurityContextOptions,
  runAsUser: pointer(int64),
  runAsGroup: pointer(int64),
  runAsNonRoot: pointer(bool),
  readOnlyRootFilesystem: pointer(bool),
  allowPrivilegeEscalation: pointer(bool),
  procMount: pointer(named('v1.ProcMountType', string)),
  seccompProfile,
  appArmorProfile,
});

export const podSecurityContext = object('PodSecurityContext', {
  seLinuxOptions,
  windowsOptions: windowsSecurityContextOptions,
  runAsUser: pointer(int64),
  runAsGroup: pointer(int64),
  runAsNonRoot: pointer(bool),
  supplementalGroups: list(int64),
  supplementalGroupsPolicy: pointer(named('v1.SupplementalGroupsPolicy', string)),
  fsGroup: pointer(int64),
  sysctls: list(sysctl),
  fsGroupChangePolicy: pointer(named('v1.PodFSGroupChangePolicy', string)),
  seccompProfile,
  appArmorProfile,
  seLinuxChangePolicy: pointer(named('v1.PodSELinuxChangePolicy', string)),
});
