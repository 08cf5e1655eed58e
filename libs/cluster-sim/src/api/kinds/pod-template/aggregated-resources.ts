import type { StringMap } from '@kubedrill/kube-model';
import { parseQuantity, plus, type Quantity } from '../../quantity.ts';

type Amounts = Map<string, Quantity>;
type Member = 'requests' | 'limits';

interface Consumer {
  readonly restartPolicy?: string;
  readonly resources?: Readonly<Partial<Record<Member, StringMap>>>;
}

interface Consumers {
  readonly containers?: readonly Consumer[] | null;
  readonly initContainers?: readonly Consumer[];
}

/**
 * AggregateContainerRequests and AggregateContainerLimits of component-helpers/resource: all containers and sidecars together, or the
 * largest step of the initialization where that is more.
 */
export function aggregated(
  { containers, initContainers = [] }: Consumers,
  member: Member,
): ReadonlyMap<string, Quantity> {
  const total: Amounts = new Map();
  for (const container of containers ?? []) addTo(total, amountsOf(container, member));
  const sidecars: Amounts = new Map();
  const largest: Amounts = new Map();
  for (const container of initContainers) {
    const own = amountsOf(container, member);
    const isSidecar = container.restartPolicy === 'Always';
    if (isSidecar) addTo(total, own);
    const step = isSidecar ? addTo(sidecars, own) : addTo(new Map(own), sidecars);
    raise(largest, step);
  }
  return raise(total, largest);
}

function amountsOf({ resources }: Consumer, member: Member): Amounts {
  const amounts: Amounts = new Map();
  for (const [name, text] of Object.entries(resources?.[member] ?? {})) {
    const parsed = parseQuantity(text);
    if (parsed.ok) amounts.set(name, parsed.quantity);
  }
  return amounts;
}

function addTo(total: Amounts, amounts: Amounts): Amounts {
  for (const [name, amount] of amounts) {
    const before = total.get(name);
    total.set(name, before ? plus(before, amount) : amount);
  }
  return total;
}

function raise(amounts: Amounts, others: Amounts): Amounts {
  for (const [name, amount] of others) {
    const before = amounts.get(name);
    if (!before || amount.nano > before.nano) amounts.set(name, amount);
  }
  return amounts;
}
