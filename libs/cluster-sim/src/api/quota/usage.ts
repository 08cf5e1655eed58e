import type {
  KubeObject,
  PersistentVolumeClaim,
  Pod,
  ResourceQuota,
  ScopeRequirement,
  Service,
  StringMap,
} from '@kubedrill/kube-model';
import { resources } from '@kubedrill/kube-model';
import type { Instant } from '../../engine/time.ts';
import { classOfClaim } from '../kinds/persistent-volume-claim/storage-class-name.ts';
import { qosClass } from '../kinds/pod/qos-class.ts';
import { aggregated } from '../kinds/pod-template/aggregated-resources.ts';
import { parseQuantity, plus, type Quantity } from '../quantity.ts';

/** What an object takes of a quota: pkg/quota/v1/evaluator/core. */
export type Usage = ReadonlyMap<string, Quantity>;

export function amount(value: number): Quantity {
  return { nano: BigInt(value) * 1_000_000_000n, format: 'DecimalSI', text: String(value) };
}

const one = amount(1);

/** legacyObjectCountAliases. */
const aliases: ReadonlySet<string> = new Set(['configmaps', 'replicationcontrollers', 'resourcequotas', 'secrets']);

/** "count/pods", "count/deployments.apps". */
export function countName({ kind }: Pick<KubeObject, 'kind'>): string {
  const { plural, group } = resources[kind];
  return `count/${plural}${group === '' ? '' : `.${group}`}`;
}

export function usageOf(object: KubeObject, now: Instant): Usage {
  const counted = new Map([[countName(object), one]]);
  switch (object.kind) {
    case 'Pod':
      return isOver(object, now) ? counted : new Map([...counted, ...computeUsage(object)]);
    case 'Service':
      return new Map([...counted, ['services', one], ...portUsage(object)]);
    case 'PersistentVolumeClaim':
      return new Map([...counted, ...storageUsage(object)]);
    default: {
      const { plural, group } = resources[object.kind];
      return group === '' && aliases.has(plural) ? counted.set(plural, one) : counted;
    }
  }
}

/** The resources of a quota that objects of the kind can use up. */
export function resourcesOf(object: KubeObject, names: readonly string[]): readonly string[] {
  if (object.kind !== 'Pod') {
    const used = usageOf(object, 0);
    return names.filter((name) => used.has(name));
  }
  return names.filter(
    (name) =>
      name === countName(object) || podResources.has(name) || /^(requests\.)?hugepages-/.test(name) || isExtended(name),
  );
}

const podResources: ReadonlySet<string> = new Set([
  'pods',
  ...['cpu', 'memory', 'ephemeral-storage'].flatMap((name) => [name, `requests.${name}`, `limits.${name}`]),
]);

function isExtended(name: string): boolean {
  return name.startsWith('requests.') && name.includes('/') && !name.includes('kubernetes.io/');
}

/** QuotaV1Pod: whether the Pod has ended, or should have by now. */
function isOver({ status, metadata }: Pod, now: Instant): boolean {
  if (status.phase === 'Succeeded' || status.phase === 'Failed') return true;
  return metadata.deletionTimestamp !== undefined && now > Date.parse(metadata.deletionTimestamp);
}

function computeUsage({ spec }: Pod): Usage {
  const { resources: own } = spec as { readonly resources?: Partial<Record<'requests' | 'limits', StringMap>> };
  const usage = new Map<string, Quantity>([['pods', one]]);
  for (const [name, quantity] of withOwn(aggregated(spec, 'requests'), own?.requests)) {
    if (podResources.has(name) || name.startsWith('hugepages-')) usage.set(name, quantity);
    usage.set(`requests.${name}`, quantity);
  }
  for (const [name, quantity] of withOwn(aggregated(spec, 'limits'), own?.limits))
    if (podResources.has(name)) usage.set(`limits.${name}`, quantity);
  return usage;
}

/** What a Pod has for itself stands in the place of its containers' sum. */
function withOwn(amounts: Usage, own: StringMap | undefined): Usage {
  return own ? new Map([...amounts, ...quantities(own)]) : amounts;
}

/** pkg/quota/v1/evaluator/core/persistent_volume_claims.go. */
function storageUsage(claim: PersistentVolumeClaim): Usage {
  const usage = new Map<string, Quantity>([['persistentvolumeclaims', one]]);
  const size = quantities(claim.status.allocatedResources).get('storage');
  const asked = quantities(claim.spec.resources?.requests).get('storage');
  const storage = size && asked && size.nano > asked.nano ? size : asked;
  if (storage) usage.set('requests.storage', storage);
  const name = classOfClaim(claim);
  if (name === '') return usage;
  return new Map([...usage, ...[...usage].map(([key, amount]) => [`${name}${ofClass}${key}`, amount] as const)]);
}

const ofClass = '.storageclass.storage.k8s.io/';

function portUsage({ spec }: Service): Usage {
  const { type, ports = [], allocateLoadBalancerNodePorts } = spec;
  const isBalanced = type === 'LoadBalancer';
  const every = type === 'NodePort' || (isBalanced && allocateLoadBalancerNodePorts !== false);
  const given = isBalanced ? ports.filter(({ nodePort }) => nodePort).length : 0;
  return new Map([
    ['services.loadbalancers', amount(isBalanced ? 1 : 0)],
    ['services.nodeports', amount(every ? ports.length : given)],
  ]);
}

export function quantities(list: StringMap | undefined): Map<string, Quantity> {
  const amounts = new Map<string, Quantity>();
  for (const [name, text] of Object.entries(list ?? {})) {
    const parsed = parseQuantity(text);
    if (parsed.ok) amounts.set(name, parsed.quantity);
  }
  return amounts;
}

export function sum(left: Usage, right: Usage): Map<string, Quantity> {
  const total = new Map(left);
  for (const [name, quantity] of right) {
    const before = total.get(name);
    total.set(name, before ? plus(before, quantity) : quantity);
  }
  return total;
}

export function listOf(usage: Usage): StringMap {
  return Object.fromEntries([...usage].map(([name, { text }]) => [name, text]));
}

/** Whether the quota is for such objects at all. */
export function concerns(quota: ResourceQuota, object: KubeObject, hard: readonly string[]): boolean {
  const { scopes = [], scopeSelector } = quota.spec;
  const requirements: readonly ScopeRequirement[] = [
    ...scopes.map((scopeName) => ({ scopeName, operator: 'Exists' })),
    ...(scopeSelector?.matchExpressions ?? []),
  ];
  if (!requirements.every((requirement) => object.kind === 'Pod' && isInScope(object, requirement))) return false;
  return resourcesOf(object, hard).length > 0;
}

function isInScope(pod: Pod, { scopeName, operator, values = [] }: ScopeRequirement): boolean {
  const { priorityClassName = '', activeDeadlineSeconds } = pod.spec as {
    readonly priorityClassName?: string;
    readonly activeDeadlineSeconds?: number;
  };
  switch (scopeName) {
    case 'Terminating':
      return activeDeadlineSeconds !== undefined;
    case 'NotTerminating':
      return activeDeadlineSeconds === undefined;
    case 'BestEffort':
      return qosClass(pod.spec) === 'BestEffort';
    case 'NotBestEffort':
      return qosClass(pod.spec) !== 'BestEffort';
    case 'PriorityClass':
      if (operator === 'Exists') return priorityClassName !== '';
      if (operator === 'DoesNotExist') return priorityClassName === '';
      return (operator === 'In') === (priorityClassName !== '' && values.includes(priorityClassName));
    default:
      return false;
  }
}
