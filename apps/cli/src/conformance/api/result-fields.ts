import type { ApiResponse, ApiStatus } from '@kubedrill/cluster-sim';
import { isJsonObject, type Json, type JsonObject } from '@kubedrill/kube-model';
import type { CaseContext } from './case-context.ts';
import { plain } from './plain-json.ts';
import { strippedObject } from './stored-object.ts';

const alwaysRecorded: ReadonlySet<unknown> = new Set([
  'Service',
  'Endpoints',
  'EndpointSlice',
  'Ingress',
  'IngressClass',
  'NetworkPolicy',
]);

/** Whether the recordings have the stored object of a reply about this kind. */
export function isRecorded(kind: unknown, full: boolean): boolean {
  return full || alwaysRecorded.has(kind);
}

/** What a recording has of a reply of the API server. `shows`: with the stored object. */
export function resultFields(context: CaseContext, response: ApiResponse, shows: boolean): JsonObject {
  const { placeholders, namespace } = context;
  const warnings = response.warnings.map((text) => placeholders.inText(text));
  const fields = warnings.length > 0 ? { warnings } : {};
  if (!response.ok)
    return { accepted: false, http: response.status.code, error: errorFields(response.status, context), ...fields };
  const object = 'object' in response ? plain(response.object) : undefined;
  const stored =
    isJsonObject(object) && shows ? { stored: placeholders.inObject(strippedObject(object, namespace)) } : {};
  return { accepted: true, http: response.code, ...stored, ...fields };
}

function errorFields({ code, message, reason, details }: ApiStatus, { placeholders }: CaseContext): Json {
  const error = plain({ code, message, reason: reason === '' ? null : reason, details });
  return isJsonObject(error) ? placeholders.inObject(error) : error;
}
