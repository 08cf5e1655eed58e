import { createTwoWayPatch, type PatchType } from '@kubedrill/cluster-sim';
import type { Json, JsonObject } from '@kubedrill/kube-model';
import type { Fault } from './fault.ts';
import { fault, refusal } from './fault.ts';
import type { Invocation } from './invocation.ts';
import { shownAs, type VisitedObject } from './resource-visit.ts';

export interface PatchSending {
  readonly patchType?: Exclude<PatchType, 'apply'>;
  readonly fieldManager: string;
  readonly isDryRun?: boolean;
}

/** kubectl/pkg/cmd/set/helper.go CalculatePatch: what has to be sent to make the one of the other. */
export function differenceTo({ cluster }: Invocation, { resource, object }: VisitedObject, after: JsonObject) {
  const created = createTwoWayPatch(object, after, cluster.api.schemaOf(resource.kind));
  return created.ok ? created.patch : fault(created.message);
}

export function isFault(value: JsonObject | Fault): value is Fault {
  return value.kind === 'words' || value.kind === 'refusal' || value.kind === 'several';
}

export function isEmptyPatch(patch: JsonObject): boolean {
  return Object.keys(patch).length === 0;
}

/** The object as it is then, or why it is not. */
export function sendPatch(
  { cluster, console }: Invocation,
  { resource, namespace, name }: VisitedObject,
  body: Json,
  { patchType = 'strategic', fieldManager, isDryRun = false }: PatchSending,
): JsonObject | Fault {
  const response = cluster.api.handle({
    verb: 'patch',
    patchType,
    resource,
    namespace,
    name,
    body,
    dryRun: isDryRun,
    fieldManager,
  });
  console.warn(response.warnings);
  if (!response.ok) return refusal(response.status);
  return 'object' in response ? shownAs(resource, response.object) : {};
}
