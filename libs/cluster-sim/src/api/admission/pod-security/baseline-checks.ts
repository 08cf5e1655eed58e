import {
  annotationText,
  containersText,
  distinct,
  namesWhere,
  numbered,
  quoted,
  settersText,
  type Check,
  type ReviewedContainer,
  type ReviewedPod,
  type ReviewedPodContext,
} from './reviewed-pod.ts';

/** Level baseline: pod-security-admission/policy, its files check_*.go. */

const appArmorPrefix = 'container.apparmor.security.beta.kubernetes.io/';
const confinedTypes: readonly (string | undefined)[] = ['RuntimeDefault', 'Localhost', undefined];

export const appArmorProfile: Check = (pod) => {
  const typeOf = ({ appArmorProfile: profile }: Pick<ReviewedPodContext, 'appArmorProfile'>): string | undefined =>
    profile?.type;
  const isBad = (context: Pick<ReviewedPodContext, 'appArmorProfile'>): boolean =>
    !confinedTypes.includes(typeOf(context));
  const setters = settersText(
    isBad(pod.context),
    namesWhere(pod, ({ context }) => isBad(context)),
  );
  const values = distinct(badTypes(pod, typeOf));
  const annotations = Object.entries(pod.metadata.annotations ?? {})
    .filter(([key, value]) => key.startsWith(appArmorPrefix) && !/^(?:|runtime\/default|localhost\/.*)$/s.test(value))
    .map(([key, value]) => annotationText(key, value))
    .sort();
  const byAnnotation = annotations.length > 0 ? [numbered('annotation', 'annotations', annotations)] : [];
  const all = [...(setters === undefined ? [] : [setters]), ...byAnnotation];
  if (all.length === 0) return undefined;
  const shown = [...values, ...annotations];
  return {
    reason: numbered('forbidden AppArmor profile', 'forbidden AppArmor profiles', shown),
    detail: `${all.join(' and ')} must not set AppArmor profile type to ${quoted(shown)}`,
  };
};

type Profiled = Pick<ReviewedPodContext, 'appArmorProfile' | 'seccompProfile'>;

function badTypes(pod: ReviewedPod, typeOf: (context: Profiled) => string | undefined): readonly string[] {
  return [pod.context, ...pod.containers.map(({ context }) => context)].flatMap((context) => {
    const type = typeOf(context);
    return type === undefined || confinedTypes.includes(type) ? [] : [type];
  });
}

const usualCapabilities: ReadonlySet<string> = new Set([
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
]);

export const capabilities: Check = (pod) => {
  const added = ({ context }: ReviewedContainer): readonly string[] =>
    (context.capabilities?.add ?? []).filter((name) => !usualCapabilities.has(name));
  const names = namesWhere(pod, (one) => added(one).length > 0);
  if (names.length === 0) return undefined;
  const unusual = quoted(distinct(pod.containers.flatMap(added)));
  return {
    reason: 'non-default capabilities',
    detail: `${containersText(names)} must not include ${unusual} in securityContext.capabilities.add`,
  };
};

export const hostNamespaces: Check = ({ spec }) => {
  const shared = (['hostNetwork', 'hostPID', 'hostIPC'] as const).filter((name) => spec[name]);
  if (shared.length === 0) return undefined;
  return { reason: 'host namespaces', detail: shared.map((name) => `${name}=true`).join(', ') };
};

export const hostPathVolumes: Check = ({ spec }) => {
  const names = (spec.volumes ?? []).filter(({ hostPath }) => hostPath).map(({ name }) => name);
  if (names.length === 0) return undefined;
  return { reason: 'hostPath volumes', detail: `${numbered('volume', 'volumes', names)} ${quoted(names)}` };
};

export const hostPorts: Check = (pod) => {
  const portsOf = ({ container }: ReviewedContainer): readonly string[] =>
    (container.ports ?? []).flatMap(({ hostPort }) => (hostPort ? [String(hostPort)] : []));
  const names = namesWhere(pod, (one) => portsOf(one).length > 0);
  if (names.length === 0) return undefined;
  const ports = distinct(pod.containers.flatMap(portsOf));
  const words = `${numbered('uses', 'use', names)} ${numbered('hostPort', 'hostPorts', ports)}`;
  return { reason: 'hostPort', detail: `${containersText(names)} ${words} ${ports.join(', ')}` };
};

/** Whom a container's probes and hooks would reach instead of the pod. */
function otherHosts({ container }: ReviewedContainer): readonly string[] {
  const { livenessProbe, readinessProbe, startupProbe, lifecycle } = container;
  const handlers = [livenessProbe, readinessProbe, startupProbe, lifecycle?.postStart, lifecycle?.preStop];
  return handlers.flatMap((handler) =>
    [handler?.httpGet?.host, handler?.tcpSocket?.host].flatMap((host) => (host ? [host] : [])),
  );
}

export const hostProbesAndHostLifecycle: Check = (pod) => {
  const names = distinct(namesWhere(pod, (one) => otherHosts(one).length > 0));
  if (names.length === 0) return undefined;
  const hosts = distinct(pod.containers.flatMap(otherHosts));
  const what = numbered('probe or lifecycle host', 'probe or lifecycle hosts', hosts);
  return {
    reason: 'probe or lifecycle host',
    detail: `${containersText(names)} ${numbered('uses', 'use', names)} ${what} ${quoted(hosts)}`,
  };
};

export const privileged: Check = (pod) => {
  const names = namesWhere(pod, ({ context }) => context.privileged === true);
  if (names.length === 0) return undefined;
  return { reason: 'privileged', detail: `${containersText(names)} must not set securityContext.privileged=true` };
};

export const procMount: Check = (pod) => {
  const isBad = ({ context }: ReviewedContainer): boolean => (context.procMount ?? 'Default') !== 'Default';
  const names = namesWhere(pod, isBad);
  if (names.length === 0) return undefined;
  const types = distinct(pod.containers.filter(isBad).map(({ context }) => context.procMount ?? ''));
  return {
    reason: 'procMount',
    detail: `${containersText(names)} must not set securityContext.procMount to ${quoted(types)}`,
  };
};

function seLinux(allowed: readonly string[]): Check {
  type Options = NonNullable<ReviewedPodContext['seLinuxOptions']>;
  const isBad = ({ seLinuxOptions: options }: { readonly seLinuxOptions?: Options }): boolean =>
    options !== undefined && (!allowed.includes(options.type ?? '') || Boolean(options.user) || Boolean(options.role));
  return (pod) => {
    const setters = settersText(
      isBad(pod.context),
      namesWhere(pod, ({ context }) => isBad(context)),
    );
    if (setters === undefined) return undefined;
    const all = [pod.context, ...pod.containers.map(({ context }) => context)].flatMap(
      ({ seLinuxOptions: options }) => options ?? [],
    );
    const types = distinct(all.map(({ type = '' }) => type).filter((type) => !allowed.includes(type)));
    const faults = [
      ...(types.length > 0 ? [`${numbered('type', 'types', types)} ${quoted(types)}`] : []),
      ...(all.some(({ user }) => user) ? ['user may not be set'] : []),
      ...(all.some(({ role }) => role) ? ['role may not be set'] : []),
    ];
    return {
      reason: 'seLinuxOptions',
      detail: `${setters} set forbidden securityContext.seLinuxOptions: ${faults.join('; ')}`,
    };
  };
}

const containerTypes = ['', 'container_t', 'container_init_t', 'container_kvm_t'];

export const seLinuxOptions = seLinux(containerTypes);
export const seLinuxOptionsWithEngine = seLinux([...containerTypes, 'container_engine_t']);

const seccompOfPod = 'seccomp.security.alpha.kubernetes.io/pod';
const seccompOfContainer = 'container.seccomp.security.alpha.kubernetes.io/';

export const seccompAnnotations: Check = ({ metadata, containers }) => {
  const keys = [seccompOfPod, ...containers.map(({ container }) => seccompOfContainer + container.name)];
  const bad = distinct(
    keys.flatMap((key) => {
      const value = metadata.annotations?.[key];
      const isAllowed = value === undefined || /^(?:runtime\/default|docker\/default|localhost\/.*)$/s.test(value);
      return isAllowed ? [] : [annotationText(key, value)];
    }),
  );
  if (bad.length === 0) return undefined;
  const words = `forbidden ${numbered('annotation', 'annotations', bad)}`;
  return { reason: 'seccompProfile', detail: `${words} ${bad.join(', ')}` };
};

export const seccompProfile: Check = (pod) => {
  const isBad = ({ seccompProfile: profile }: Profiled): boolean => !confinedTypes.includes(profile?.type);
  const setters = settersText(
    isBad(pod.context),
    namesWhere(pod, ({ context }) => isBad(context)),
  );
  if (setters === undefined) return undefined;
  const types = quoted(distinct(badTypes(pod, ({ seccompProfile: profile }) => profile?.type)));
  return {
    reason: 'seccompProfile',
    detail: `${setters} must not set securityContext.seccompProfile.type to ${types}`,
  };
};

export function sysctls(allowed: readonly string[]): Check {
  return ({ context }) => {
    const names = (context.sysctls ?? []).map(({ name }) => name).filter((name) => !allowed.includes(name));
    return names.length === 0 ? undefined : { reason: 'forbidden sysctls', detail: names.join(', ') };
  };
}

export const windowsHostProcess: Check = (pod) => {
  const isHostProcess = ({ windowsOptions }: Pick<ReviewedPodContext, 'windowsOptions'>): boolean =>
    windowsOptions?.hostProcess === true;
  const setters = settersText(
    isHostProcess(pod.context),
    namesWhere(pod, ({ context }) => isHostProcess(context)),
  );
  if (setters === undefined) return undefined;
  return { reason: 'hostProcess', detail: `${setters} must not set securityContext.windowsOptions.hostProcess=true` };
};
