import type { Container, Pod, PodSpec, ServiceAccount, Toleration, Volume } from '@kubedrill/kube-model';
import { resources } from '@kubedrill/kube-model';
import { randomSuffix } from '../../../engine/random.ts';
import { admittedName } from '../../admission/admitted-name.ts';
import { withDefaultLimits } from '../../admission/limit-ranger.ts';
import type { Outcome } from '../../outcome.ts';
import { forbidden } from '../../status.ts';
import { goQuote } from '../../validation/go-quote.ts';
import type { StrategyContext } from '../kind-definition.ts';
import { globalDefaultClass } from '../priority-class/priority-class-definition.ts';

/** The admission plugins that change new pods, in the order of kubeapiserver/options/plugins.go. */
export function admitPod(pod: Pod, context: StrategyContext): Outcome<Pod> {
  const identified = assignServiceAccount(withDefaultLimits(pod, context.view), context);
  if (!identified.ok) return identified;
  const prioritized = assignPriority(identified.object, context);
  if (!prioritized.ok) return prioritized;
  return admitRuntimeClass(tolerateLostNodes(prioritized.object));
}

/** Those of them that care for updates too. */
export function admitPodUpdate(pod: Pod, old: Pod): Pod {
  return tolerateLostNodes(keepPriority(pod, old));
}

function refuse(pod: Pod, why: string): Outcome<Pod> {
  return { ok: false, status: forbidden(resources.Pod, admittedName(pod.metadata), why) };
}

function withSpec(pod: Pod, changes: Partial<PodSpec> & Readonly<Record<string, unknown>>): Pod {
  return { ...pod, spec: { ...pod.spec, ...changes } };
}

const tokenDirectory = '/var/run/secrets/kubernetes.io/serviceaccount';

/** plugin/pkg/admission/serviceaccount: the account has to exist; its token is mounted into every container. */
function assignServiceAccount(pod: Pod, { view, random }: StrategyContext): Outcome<Pod> {
  const name = pod.spec.serviceAccountName || 'default';
  const namespace = pod.metadata.namespace ?? '';
  const account = view.get('ServiceAccount', namespace, name);
  if (!account)
    return refuse(
      pod,
      `error looking up service account ${namespace}/${name}: serviceaccount ${JSON.stringify(name)} not found`,
    );
  const identified = withSpec(pod, { serviceAccountName: name, serviceAccount: name });
  if (!mountsToken(pod.spec, account)) return { ok: true, object: identified };
  const existing = pod.spec.volumes?.find((volume) => volume.name.startsWith('kube-api-access-'));
  const volume = existing ?? tokenVolume(`kube-api-access-${randomSuffix(random)}`);
  const mounted = withTokenMounts(identified.spec, volume.name);
  if (!mounted) return { ok: true, object: identified };
  const volumes = existing ? pod.spec.volumes : [...(pod.spec.volumes ?? []), volume];
  return { ok: true, object: withSpec(identified, { ...mounted, volumes }) };
}

/** The pod's word counts before the account's; without either the token is mounted. */
function mountsToken(spec: PodSpec, account: ServiceAccount): boolean {
  const { automountServiceAccountToken } = spec as { readonly automountServiceAccountToken?: boolean };
  return automountServiceAccountToken ?? account.automountServiceAccountToken ?? true;
}

/** undefined: every container mounts something there itself, or there is none. */
function withTokenMounts(spec: PodSpec, volume: string): Partial<PodSpec> | undefined {
  const mount = { name: volume, readOnly: true, mountPath: tokenDirectory };
  const isFree = ({ volumeMounts = [] }: Container): boolean =>
    !volumeMounts.some(({ mountPath }) => mountPath === tokenDirectory);
  const changed: { containers?: readonly Container[]; initContainers?: readonly Container[] } = {};
  for (const name of ['initContainers', 'containers'] as const) {
    // A pod without containers gets here before validation refuses it.
    const list = spec[name] ?? [];
    if (!list.some(isFree)) continue;
    changed[name] = list.map((container) =>
      isFree(container) ? { ...container, volumeMounts: [...(container.volumeMounts ?? []), mount] } : container,
    );
  }
  return changed.containers || changed.initContainers ? changed : undefined;
}

/** TokenVolumeSource: token, root certificate and namespace, as files. Seven seconds over an hour tell it from other tokens. */
function tokenVolume(name: string): Volume {
  const sources = [
    { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
    { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
    {
      downwardAPI: { items: [{ path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } }] },
    },
  ];
  return { name, projected: { sources, defaultMode: 420 } };
}

type Prioritized = PodSpec & {
  readonly priorityClassName?: string;
  readonly priority?: number;
  readonly preemptionPolicy?: string;
};

/** plugin/pkg/admission/priority: the named class, the default one, or none. */
function assignPriority(pod: Pod, { view }: StrategyContext): Outcome<Pod> {
  const { priorityClassName, priority, preemptionPolicy }: Prioritized = pod.spec;
  const found = priorityClassName ? view.get('PriorityClass', '', priorityClassName) : globalDefaultClass(view);
  if (priorityClassName && !found) return refuse(pod, `no PriorityClass with name ${priorityClassName} was found`);
  const computed = found?.value ?? 0;
  const policy = found?.preemptionPolicy ?? 'PreemptLowerPriority';
  const [given, from] = [
    'must not be provided in pod spec; priority admission controller computed',
    'from the given PriorityClass name',
  ];
  if (priority !== undefined && priority !== computed)
    return refuse(pod, `the integer value of priority (${priority}) ${given} ${computed} ${from}`);
  if (preemptionPolicy !== undefined && preemptionPolicy !== policy)
    return refuse(pod, `the string value of PreemptionPolicy (${preemptionPolicy}) ${given} ${policy} ${from}`);
  const name = found ? { priorityClassName: found.metadata.name } : {};
  return { ok: true, object: withSpec(pod, { ...name, priority: computed, preemptionPolicy: policy }) };
}

/** What the plugin has computed stays, where an update does not say it again. */
function keepPriority(pod: Pod, old: Pod): Pod {
  const now: Prioritized = pod.spec;
  const before: Prioritized = old.spec;
  const lost = (['priority', 'preemptionPolicy'] as const).filter(
    (name) => now[name] === undefined && before[name] !== undefined,
  );
  return lost.length === 0 ? pod : withSpec(pod, Object.fromEntries(lost.map((name) => [name, before[name]])));
}

/** plugin/pkg/admission/runtimeclass: a cluster without RuntimeClasses. */
function admitRuntimeClass(pod: Pod): Outcome<Pod> {
  const { runtimeClassName: name } = pod.spec as PodSpec & { readonly runtimeClassName?: string };
  return name === undefined
    ? { ok: true, object: pod }
    : refuse(pod, `pod rejected: RuntimeClass ${goQuote(name)} not found`);
}

/** Five minutes: plugin/pkg/admission/defaulttolerationseconds. */
const toleratedSeconds = 300;

function tolerateLostNodes(pod: Pod): Pod {
  const present = pod.spec.tolerations ?? [];
  const missing = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable']
    .filter((taint) => !present.some((toleration) => tolerates(toleration, taint)))
    .map((key): Toleration => ({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: toleratedSeconds }));
  return missing.length === 0 ? pod : withSpec(pod, { tolerations: [...present, ...missing] });
}

function tolerates({ key, effect }: Toleration, taint: string): boolean {
  return (key === taint || !key) && (effect === 'NoExecute' || !effect);
}
