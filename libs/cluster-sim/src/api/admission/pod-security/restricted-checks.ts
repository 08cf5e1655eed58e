import {
  containersText,
  distinct,
  hasOwnUsers,
  isForWindows,
  namesWhere,
  numbered,
  quoted,
  settersText,
  type Check,
  type ReviewedContainer,
} from './reviewed-pod.ts';
import { seccompProfile } from './baseline-checks.ts';

/** What level restricted asks besides: pod-security-admission/policy, its files check_*.go. */

/** From the version on in which the standard knew of pods for Windows. */
export function unlessForWindows(check: Check): Check {
  return (pod) => (isForWindows(pod) ? undefined : check(pod));
}

export function unlessOwnUsers(check: Check): Check {
  return (pod) => (hasOwnUsers(pod) ? undefined : check(pod));
}

export const allowPrivilegeEscalation: Check = (pod) => {
  const names = namesWhere(pod, ({ context }) => context.allowPrivilegeEscalation !== false);
  if (names.length === 0) return undefined;
  return {
    reason: 'allowPrivilegeEscalation != false',
    detail: `${containersText(names)} must set securityContext.allowPrivilegeEscalation=false`,
  };
};

export const droppedCapabilities: Check = (pod) => {
  const added = ({ context }: ReviewedContainer): readonly string[] =>
    (context.capabilities?.add ?? []).filter((name) => name !== 'NET_BIND_SERVICE');
  const keeping = namesWhere(pod, ({ context }) => !context.capabilities?.drop?.includes('ALL'));
  const adding = namesWhere(pod, (one) => added(one).length > 0);
  if (keeping.length === 0 && adding.length === 0) return undefined;
  const place = 'securityContext.capabilities';
  const forbidden = quoted(distinct(pod.containers.flatMap(added)));
  const details = [
    ...(keeping.length > 0 ? [`${containersText(keeping)} must set ${place}.drop=["ALL"]`] : []),
    ...(adding.length > 0 ? [`${containersText(adding)} must not include ${forbidden} in ${place}.add`] : []),
  ];
  return { reason: 'unrestricted capabilities', detail: details.join('; ') };
};

const allowedVolumes = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

const volumesByName = [
  'hostPath',
  'gcePersistentDisk',
  'awsElasticBlockStore',
  'gitRepo',
  'nfs',
  'iscsi',
  'glusterfs',
  'rbd',
  'flexVolume',
  'cinder',
  'cephfs',
  'flocker',
  'fc',
  'azureFile',
  'vsphereVolume',
  'quobyte',
  'azureDisk',
  'photonPersistentDisk',
  'portworxVolume',
  'scaleIO',
  'storageos',
];

export const restrictedVolumes: Check = ({ spec }) => {
  const bad = (spec.volumes ?? []).filter((volume) => !allowedVolumes.some((type) => volume[type] !== undefined));
  if (bad.length === 0) return undefined;
  const names = bad.map(({ name }) => name);
  const types = distinct(bad.map((volume) => volumesByName.find((type) => volume[type] !== undefined) ?? 'unknown'));
  const what = numbered('restricted volume type', 'restricted volume types', types);
  const words = `${numbered('volume', 'volumes', names)} ${quoted(names)} ${numbered('uses', 'use', names)} ${what}`;
  return { reason: 'restricted volume types', detail: `${words} ${quoted(types)}` };
};

export const runAsNonRoot: Check = (pod) => {
  const reason = 'runAsNonRoot != true';
  const setters = settersText(
    pod.context.runAsNonRoot === false,
    namesWhere(pod, ({ context }) => context.runAsNonRoot === false),
  );
  if (setters !== undefined) return { reason, detail: `${setters} must not set securityContext.runAsNonRoot=false` };
  if (pod.context.runAsNonRoot) return undefined;
  const silent = namesWhere(pod, ({ context }) => context.runAsNonRoot === undefined);
  if (silent.length === 0) return undefined;
  return { reason, detail: `pod or ${containersText(silent)} must set securityContext.runAsNonRoot=true` };
};

export const runAsUser: Check = (pod) => {
  const setters = settersText(
    pod.context.runAsUser === 0,
    namesWhere(pod, ({ context }) => context.runAsUser === 0),
  );
  return setters === undefined ? undefined : { reason: 'runAsUser=0', detail: `${setters} must not set runAsUser=0` };
};

export const demandedSeccompProfile: Check = (pod) => {
  const explicit = seccompProfile(pod);
  if (explicit || pod.context.seccompProfile) return explicit;
  const silent = namesWhere(pod, ({ context }) => context.seccompProfile === undefined);
  if (silent.length === 0) return undefined;
  return {
    reason: 'seccompProfile',
    detail: `pod or ${containersText(silent)} must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"`,
  };
};
