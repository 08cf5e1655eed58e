import { createRandom, type Random } from '@kubedrill/grader';
import { namePools, type PoolName } from './name-pools.ts';
import type { Parameter } from './parameter.ts';

export type ParameterValue = string | number | boolean;
export type ParameterValues = ReadonlyMap<string, ParameterValue>;

/** Above the static band of the default range (pkg/registry/core/service/portallocator), so that no automatic port collides by rule. */
const nodePorts = { from: 30086, to: 32767 };
const unprivilegedPorts = { from: 1024, to: 29999 };

/** Draws every parameter, in the order of declaration, from one seed. Throws when a pool is exhausted or a sum names no number. */
export function drawParameters(parameters: Readonly<Record<string, Parameter>>, seed: number): ParameterValues {
  const random = createRandom(seed);
  const values = new Map<string, ParameterValue>();
  for (const [name, parameter] of Object.entries(parameters)) values.set(name, draw(name, parameter, random, values));
  return values;
}

function draw(name: string, parameter: Parameter, random: Random, drawn: ParameterValues): ParameterValue {
  const { pick, integer, name: pool, port, sum } = parameter;
  if (pick) return pick[random.below(pick.length)] ?? '';
  if (integer) return integer.from + random.below(integer.to - integer.from + 1);
  if (pool) return fromPool(name, pool, random, drawn);
  if (port) return freePort(port === 'node' ? nodePorts : unprivilegedPorts, random, drawn);
  return (sum ?? []).reduce((total: number, term) => total + termOf(name, term, drawn), 0);
}

function fromPool(name: string, pool: PoolName, random: Random, drawn: ParameterValues): string {
  const taken = new Set(drawn.values());
  const free = namePools[pool].filter((candidate) => !taken.has(candidate));
  const chosen = free[random.below(free.length)];
  if (chosen === undefined) throw new Error(`parameter "${name}": the pool "${pool}" is exhausted`);
  return chosen;
}

function freePort(
  { from, to }: { readonly from: number; readonly to: number },
  random: Random,
  drawn: ParameterValues,
): number {
  const taken = new Set(drawn.values());
  let port = from + random.below(to - from + 1);
  while (taken.has(port)) port = port === to ? from : port + 1;
  return port;
}

function termOf(name: string, term: string | number, drawn: ParameterValues): number {
  const value = typeof term === 'number' ? term : drawn.get(term);
  if (typeof value !== 'number') throw new Error(`parameter "${name}": "${term}" is no number declared above it`);
  return value;
}
