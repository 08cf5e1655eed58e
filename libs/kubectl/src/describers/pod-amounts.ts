import { compareQuantities, parseQuantity, plus, type Quantity } from '@kubedrill/cluster-sim';
import type { Container, Pod, StringMap } from '@kubedrill/kube-model';

export type Amounts = ReadonlyMap<string, Quantity>;

export type AmountKind = 'requests' | 'limits';

interface WithResources {
  readonly resources?: { readonly limits?: StringMap; readonly requests?: StringMap };
}

/** component-helpers/resource PodRequests and PodLimits, as amounts that can be written. */
export function podAmounts({ spec }: Pod, kind: AmountKind): Amounts {
  const total = new Map<string, Quantity>();
  for (const container of spec.containers) add(total, amountsOf(container, kind));
  const sidecars = new Map<string, Quantity>();
  const peaks: Amounts[] = [];
  for (const container of spec.initContainers ?? []) {
    const amounts = amountsOf(container, kind);
    peaks.push(add(new Map(sidecars), amounts));
    if (container.restartPolicy === 'Always') add(sidecars, amounts);
  }
  add(total, sidecars);
  for (const [name, amount] of peaks.flatMap((peak) => [...peak])) {
    const known = total.get(name);
    if (!known || compareQuantities(amount, known) > 0) total.set(name, amount);
  }
  const { resources }: WithResources = spec as WithResources;
  for (const [name, amount] of parsedAmounts(resources?.[kind])) total.set(name, amount);
  return total;
}

export function sumOfAmounts(all: readonly Amounts[]): Amounts {
  const total = new Map<string, Quantity>();
  for (const amounts of all) add(total, amounts);
  return total;
}

function add(sum: Map<string, Quantity>, amounts: Amounts): Map<string, Quantity> {
  for (const [name, amount] of amounts) {
    const known = sum.get(name);
    sum.set(name, known ? plus(known, amount) : amount);
  }
  return sum;
}

function amountsOf({ resources }: Container, kind: AmountKind): Amounts {
  return parsedAmounts(resources?.[kind]);
}

export function parsedAmounts(amounts: StringMap | undefined): Amounts {
  const parsed = Object.entries(amounts ?? {}).map(([name, text]) => [name, parseQuantity(text)] as const);
  return new Map(parsed.flatMap(([name, result]) => (result.ok ? [[name, result.quantity] as const] : [])));
}
