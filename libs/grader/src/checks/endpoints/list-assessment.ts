import type { z } from 'zod';
import { describePodSet, readyPodsOf } from '../../observe/pods.ts';
import type { CheckContext } from '../check-kind.ts';
import type { endpointListFields } from './schema.ts';

type ListParameters = z.output<z.ZodObject<typeof endpointListFields>>;

/** A Service's endpoints as either of the two lists has them. */
export interface ListedEndpoints {
  readonly ready: readonly string[];
  readonly notReady: readonly string[];
  readonly ports: readonly number[];
}

/** One demand that is not met, in words. */
export interface Shortfall {
  readonly expected: string;
  readonly observed: string;
}

export function assessList(
  parameters: ListParameters,
  listed: ListedEndpoints,
  context: CheckContext,
): readonly Shortfall[] {
  const shortfalls: Shortfall[] = [];
  const demand = (met: boolean, expected: string, observed: string): void => {
    if (!met) shortfalls.push({ expected, observed });
  };
  const { of, addresses, ready, notReady, ports } = parameters;
  const seen = `${plural(listed.ready.length, 'ready endpoint')}${list(listed.ready)}`;
  if (of) {
    const wanted = readyPodsOf(context.cluster, of).flatMap(({ status }) => status.podIP ?? []);
    const text = `the endpoints are ${describePodSet(of)}: ${wanted.length === 0 ? 'none is ready' : wanted.join(', ')}`;
    demand(wanted.length > 0 && sameSet(wanted, listed.ready), text, seen);
  }
  if (addresses) demand(sameSet(addresses, listed.ready), `the endpoints ${addresses.join(', ')}`, seen);
  if (ready !== undefined) demand(listed.ready.length === ready, plural(ready, 'ready endpoint'), seen);
  if (notReady !== undefined) {
    const observed = `${plural(listed.notReady.length, 'endpoint')} not ready${list(listed.notReady)}`;
    demand(listed.notReady.length === notReady, `${plural(notReady, 'endpoint')} not ready`, observed);
  }
  if (ports) {
    const observed = listed.ports.length === 0 ? 'no port' : `port ${listed.ports.join(', ')}`;
    demand(sameSet(ports.map(String), listed.ports.map(String)), `port ${ports.join(', ')}`, observed);
  }
  return shortfalls;
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function list(addresses: readonly string[]): string {
  const shown = addresses.slice(0, 5).join(', ');
  if (addresses.length === 0) return '';
  return addresses.length > 5 ? `: ${shown} and ${addresses.length - 5} more` : `: ${shown}`;
}

export function sameSet(a: readonly string[], b: readonly string[]): boolean {
  const left = new Set(a);
  const right = new Set(b);
  if (left.size !== right.size) return false;
  for (const element of left) if (!right.has(element)) return false;
  return true;
}
