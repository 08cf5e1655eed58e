import type { Container, Pod, PodSpec, ServiceAccount, Toleration, Volume } from '@kubedrill/kube-model';
import { resources } from '@kubedrill/kube-model';
import { randomSuffix } from '../../../engine/random.ts';
import { admittedName } from '../../admission/admitted-name.ts';
import type { Outcome } from '../../outcome.ts';
import { forbidden } from '../../status.ts';
import type { StrategyContext } from '../kind-definition.ts';

/** The admission plugins that change new pods, in the order of kubeapiserver/options/plugins.go. */
export function admitPod(pod: Pod, context: StrategyContext): Outcome<Pod> {
  const identified = assignServiceAccount(pod, context);
  if (!identified.ok) return identified;
  const prioritized = assignPriority(identified.object);
  if (!prioritized.ok) return prioritized;
  return { ok: true, object: tolerateLostNodes(prioritized.object) };
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

const priorityClasses: ReadonlyMap<string, number> = new Map([
  ['system-node-critical', 2_000_001_000],
  ['system-cluster-critical', 2_000_000_000],
]);

/** plugin/pkg/admission/priority, with the classes that every cluster has. */
function assignPriority(pod: Pod): Outcome<Pod> {
  const { priorityClassName, priority, preemptionPolicy } = pod.spec as PodSpec & {
    readonly priorityClassName?: string;
    readonly priority?: number;
    readonly preemptionPolicy?: string;
  };
  const computed = priorityClassName ? priorityClasses.get(priorityClassName) : 0;
  if (computed === undefined) return refuse(pod, `no PriorityClass with name ${priorityClassName} was found`);
  if (priority !== undefined && priority !== computed) {
    const words = `the integer value of priority (${priority}) must not be provided in pod spec; priority admission controller computed ${computed}`;
    return refuse(pod, `${words} from the given PriorityClass name`);
  }
  return {
    ok: true,
    object: withSpec(pod, { priority: computed, preemptionPolicy: preemptionPolicy ?? 'PreemptLowerPriority' }),
  };
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
