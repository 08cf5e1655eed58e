import { affinity } from './affinity/affinity.ts';
import { answer } from './answer/answer.ts';
import type { CheckContext, CheckKind, Evaluation } from './check-kind.ts';
import { command } from './command/command.ts';
import { checkDeclarationSchema, type CheckDeclaration, type CheckKindName } from './declaration.ts';
import { distribution } from './distribution/distribution.ts';
import { dns } from './dns/dns.ts';
import { endpointSlices } from './endpoint-slices/endpoint-slices.ts';
import { endpoints } from './endpoints/endpoints.ts';
import { matrix } from './matrix/matrix.ts';
import { portMapping } from './port-mapping/port-mapping.ts';
import { reachability } from './reachability/reachability.ts';
import { rejection } from './rejection/rejection.ts';
import { resource } from './resource/resource.ts';

/** A kind as the registry keeps it: the declaration's kind picks the one that understands it. */
type AnyCheckKind = { readonly [K in CheckKindName]: CheckKind<K> }[CheckKindName];

/** The names that the format declares. */
export const checkKindNames: readonly CheckKindName[] = checkDeclarationSchema.options.map(
  ({ shape }) => shape.kind.value,
);

/** Refuses kinds that are there twice and kinds of the format that are missing: both are faults of the build. */
export function createRegistry(kinds: readonly AnyCheckKind[]): ReadonlyMap<CheckKindName, AnyCheckKind> {
  const registry = new Map<CheckKindName, AnyCheckKind>();
  for (const kind of kinds) {
    if (registry.has(kind.kind)) throw new Error(`check kind "${kind.kind}" is registered twice`);
    registry.set(kind.kind, kind);
  }
  for (const name of checkKindNames) if (!registry.has(name)) throw new Error(`check kind "${name}" is not registered`);
  return registry;
}

export const checkKinds = createRegistry([
  endpoints,
  endpointSlices,
  reachability,
  matrix,
  dns,
  portMapping,
  distribution,
  affinity,
  resource,
  rejection,
  command,
  answer,
]);

export function runCheck(check: CheckDeclaration, context: CheckContext): Evaluation {
  const kind = checkKinds.get(check.kind) as CheckKind | undefined;
  if (!kind) throw new Error(`check kind "${check.kind}" is not registered`);
  return kind.run(check, context);
}
