import { resources, type Container, type KubeObject, type Pod, type ResourceQuota } from '@kubedrill/kube-model';
import type { Instant } from '../../engine/time.ts';
import type { ObjectView } from '../../store/object-view.ts';
import type { ApiStatus } from '../request.ts';
import { forbidden } from '../status.ts';
import type { Quantity } from '../quantity.ts';
import { concerns, listOf, quantities, resourcesOf, sum, usageOf, type Usage } from './usage.ts';

/** apiserver/pkg/admission/plugin/resourcequota: nothing that exceeds a quota; what is left is charged. */

export type Charge =
  | { readonly ok: true; readonly charged: readonly ResourceQuota[] }
  | { readonly ok: false; readonly status: ApiStatus };

const nothingToCharge: Charge = { ok: true, charged: [] };

/** `old`: the object before an update, which only pays for what it takes more. */
export function charge(view: ObjectView, now: Instant, object: KubeObject, old?: KubeObject): Charge {
  const { namespace } = object.metadata;
  if (namespace === undefined || object.kind === 'Event') return nothingToCharge;
  const charged: ResourceQuota[] = [];
  for (const quota of byName(view.list('ResourceQuota', namespace))) {
    const names = Object.keys(quota.status.hard ?? {});
    if (!concerns(quota, object, names)) continue;
    const problem = unfit(quota, object, names);
    const taken = increase(quota, object, old, names, now);
    const why = problem ?? exceeded(quota, taken, names);
    if (why !== undefined) return { ok: false, status: forbidden(resources[object.kind], object.metadata.name, why) };
    if (taken.size > 0)
      charged.push({ ...quota, status: { ...quota.status, used: listOf(sum(quantities(quota.status.used), taken)) } });
  }
  return { ok: true, charged };
}

function byName(quotas: readonly ResourceQuota[]): readonly ResourceQuota[] {
  return quotas.toSorted((left, right) => (left.metadata.name < right.metadata.name ? -1 : 1));
}

function unfit(quota: ResourceQuota, object: KubeObject, names: readonly string[]): string | undefined {
  const { name } = quota.metadata;
  const restricted = resourcesOf(object, names);
  const missing = object.kind === 'Pod' ? unspecified(object, restricted) : undefined;
  if (missing !== undefined) return `failed quota: ${name}: must specify ${missing}`;
  const used = quota.status.used ?? {};
  if (restricted.every((resource) => resource in used)) return undefined;
  return `status unknown for quota: ${name}, resources: ${[...restricted].sort().join(',')}`;
}

const neededNames: ReadonlySet<string> = new Set([
  'cpu',
  'memory',
  'requests.cpu',
  'requests.memory',
  'limits.cpu',
  'limits.memory',
]);

/** Constraints: what containers have to say for the quota to be counted. */
function unspecified({ spec }: Pod, restricted: readonly string[]): string | undefined {
  if ((spec as { readonly resources?: unknown }).resources) return undefined;
  const needed = restricted.filter((name) => neededNames.has(name)).sort();
  const lacking = needed.flatMap((name) => {
    const without = [...spec.containers, ...(spec.initContainers ?? [])].filter((container) => !says(container, name));
    return without.length === 0
      ? []
      : [
          `${name} for: ${without
            .map((container) => container.name)
            .sort()
            .join(',')}`,
        ];
  });
  return lacking.length === 0 ? undefined : lacking.join('; ');
}

function says({ resources: given }: Container, name: string): boolean {
  const isLimit = name.startsWith('limits.');
  const bare = name.replace(/^(limits|requests)\./, '');
  return (isLimit ? given?.limits : given?.requests)?.[bare] !== undefined;
}

function increase(
  quota: ResourceQuota,
  object: KubeObject,
  old: KubeObject | undefined,
  names: readonly string[],
  now: Instant,
): Usage {
  const usage = usageOf(object, now);
  const before: Usage = old && concerns(quota, old, names) ? usageOf(old, now) : new Map();
  const more = new Map<string, Quantity>();
  for (const [name, quantity] of usage) {
    const nano = quantity.nano - (before.get(name)?.nano ?? 0n);
    if (nano > 0n && names.includes(name)) more.set(name, withNano(quantity, nano));
  }
  return more;
}

function withNano(quantity: Quantity, nano: bigint): Quantity {
  if (nano === quantity.nano) return quantity;
  const zero: Quantity = { nano: 0n, format: quantity.format, text: '0' };
  return sum(new Map([['', zero]]), new Map([['', { ...quantity, nano }]])).get('') ?? zero;
}

function exceeded(quota: ResourceQuota, taken: Usage, names: readonly string[]): string | undefined {
  const [hard, used] = [quantities(quota.status.hard), quantities(quota.status.used)];
  const over = names
    .filter((name) => {
      const more = taken.get(name);
      const limit = hard.get(name);
      return more && limit && (used.get(name)?.nano ?? 0n) + more.nano > limit.nano;
    })
    .sort();
  if (over.length === 0) return undefined;
  const shown = (amounts: Usage): string => over.map((name) => `${name}=${amounts.get(name)?.text ?? '0'}`).join(',');
  const { name } = quota.metadata;
  return `exceeded quota: ${name}, requested: ${shown(taken)}, used: ${shown(used)}, limited: ${shown(hard)}`;
}
