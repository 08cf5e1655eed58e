import type { Container, Pod, PodSpec, StringMap } from '@kubedrill/kube-model';
import { parseQuantity } from '../api/quantity.ts';

/** Amounts by resource name: CPU in thousandths of a core, everything else in whole units. */
export type ResourceAmounts = ReadonlyMap<string, number>;

const nothing: ResourceAmounts = new Map();
const computed = new WeakMap<PodSpec, ResourceAmounts>();

/** component-helpers/resource PodRequests: all containers together, or the largest step of the initialization if that is more. */
export function requestsOf({ spec }: Pod): ResourceAmounts {
  const known = computed.get(spec);
  if (known) return known;
  const requests = requestsOfSpec(spec);
  computed.set(spec, requests);
  return requests;
}

/** What a pod requests for itself stands in the place of its containers' sum. */
function requestsOfSpec(spec: PodSpec): ResourceAmounts {
  const ofContainers = requestsOfContainers(spec);
  const { resources } = spec as { readonly resources?: { readonly requests?: StringMap } };
  return resources?.requests ? new Map([...ofContainers, ...resourceAmounts(resources.requests)]) : ofContainers;
}

function requestsOfContainers({ containers, initContainers = [] }: PodSpec): ResourceAmounts {
  if (![...containers, ...initContainers].some(({ resources }) => resources?.requests)) return nothing;
  const total = new Map<string, number>();
  for (const container of containers) addTo(total, amountsOf(container));
  const sidecars = new Map<string, number>();
  const peaks: ResourceAmounts[] = [];
  for (const container of initContainers) {
    const amounts = amountsOf(container);
    if (container.restartPolicy === 'Always') {
      addTo(sidecars, amounts);
      peaks.push(new Map(sidecars));
    } else {
      peaks.push(addTo(new Map(sidecars), amounts));
    }
  }
  addTo(total, sidecars);
  for (const peak of peaks) for (const [name, amount] of peak) total.set(name, Math.max(total.get(name) ?? 0, amount));
  return total;
}

function addTo(sum: Map<string, number>, amounts: ResourceAmounts): Map<string, number> {
  for (const [name, amount] of amounts) sum.set(name, (sum.get(name) ?? 0) + amount);
  return sum;
}

function amountsOf({ resources }: Container): ResourceAmounts {
  return resourceAmounts(resources?.requests);
}

export function resourceAmounts(list: StringMap | undefined): ResourceAmounts {
  if (!list) return nothing;
  const amounts = new Map<string, number>();
  for (const [name, text] of Object.entries(list)) {
    const parsed = parseQuantity(text);
    if (parsed.ok) amounts.set(name, Number(parsed.quantity.nano) / (name === 'cpu' ? 1e6 : 1e9));
  }
  return amounts;
}
