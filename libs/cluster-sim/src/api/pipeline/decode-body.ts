import {
  apiVersionOf,
  isJsonObject,
  kinds,
  otherVersions,
  resources,
  type Json,
  type JsonObject,
  type KubeObject,
  type ResourceInfo,
} from '@kubedrill/kube-model';
import { jsonKind } from '../go-text.ts';
import { done, refused, type Outcome } from '../outcome.ts';
import type { FieldValidation } from '../request.ts';
import { decode } from '../schema/decode.ts';
import type { ObjectSchema } from '../schema/schema.ts';
import { badRequest } from '../status.ts';
import { goQuote } from '../validation/go-quote.ts';
import type { Reading } from './backend.ts';
import { nestedTooDeep } from './body-depth.ts';

/** The scheme that Kubernetes names in errors about unknown kinds. */
const scheme = 'pkg/api/legacyscheme/scheme.go:30';
const maxSummary = 30;

interface TypeMeta {
  readonly kind: string;
  readonly apiVersion: string;
}

/** A request's body as an object of the kind that the address names: endpoints/handlers/create.go and update.go. */
export function decodeBody(
  info: ResourceInfo,
  schema: ObjectSchema,
  body: Json,
  validation: FieldValidation,
  reading: Reading,
): Outcome<KubeObject> {
  const tooDeep = hasOpenPart(body) ? nestedTooDeep(body) : undefined;
  if (tooDeep) return refused(tooDeep);
  const typeMeta = typeMetaOf(info, body);
  if (!typeMeta.ok) return refused(badRequest(unrecognized(info, body, typeMeta.problem)));
  const refusal = unhandled(info, typeMeta.value);
  if (refusal !== undefined) return refused(badRequest(refusal));
  const decoded = decode(schema, body);
  if (!decoded.ok) return refused(badRequest(cannotBeHandled(info, typeMeta.value, decoded.message)));
  if (decoded.strictErrors.length > 0) {
    const message = strictDecodingError(decoded.strictErrors);
    if (validation === 'Strict') return refused(badRequest(cannotBeHandled(info, typeMeta.value, message)));
    if (validation === 'Warn') reading.warnings?.push(...decoded.strictErrors);
  }
  if (decoded.holdsEmpties) reading.holdsEmpties = true;
  return done(typed(info, decoded.value));
}

/** Whether there is anything that no schema bounds: a body of another kind of JSON, or fields of managers. */
function hasOpenPart(body: Json): boolean {
  if (!isJsonObject(body)) return true;
  const metadata = body['metadata'];
  return (
    typeof body['kind'] === 'object' ||
    typeof body['apiVersion'] === 'object' ||
    (isJsonObject(metadata) && 'managedFields' in metadata)
  );
}

/** Decoded fields are what the kind's shape declares: from here on the object has a type. */
export function typed(info: ResourceInfo, value: JsonObject): KubeObject {
  const apiVersion = apiVersionOf(info);
  const complete =
    value['kind'] === info.kind && value['apiVersion'] === apiVersion
      ? value
      : { ...value, apiVersion, kind: info.kind };
  return complete as unknown as KubeObject;
}

export function strictDecodingError(errors: readonly string[]): string {
  return `strict decoding error: ${errors.join(', ')}`;
}

type TypeMetaResult =
  { readonly ok: true; readonly value: TypeMeta } | { readonly ok: false; readonly problem: string };

/** apimachinery/pkg/runtime/serializer/json/meta.go: what the body says it is; absent parts are taken from the address. */
function typeMetaOf(info: ResourceInfo, body: Json): TypeMetaResult {
  if (!isJsonObject(body) && body !== null) {
    const struct =
      'struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }';
    return unreadable(`json: cannot unmarshal ${jsonKind(body)} into Go value of type ${struct}`);
  }
  const kind = body?.['kind'] ?? '';
  if (typeof kind !== 'string') return notAString('kind', kind);
  const apiVersion = body?.['apiVersion'] ?? '';
  if (typeof apiVersion !== 'string') return notAString('apiVersion', apiVersion);
  return { ok: true, value: { kind: kind || info.kind, apiVersion: apiVersion || apiVersionOf(info) } };
}

function notAString(field: string, value: Json): TypeMetaResult {
  return unreadable(`json: cannot unmarshal ${jsonKind(value)} into Go struct field .${field} of type string`);
}

function unreadable(problem: string): TypeMetaResult {
  return { ok: false, problem: `couldn't get version/kind; json parse error: ${problem}` };
}

function unrecognized(info: ResourceInfo, body: Json, problem: string): string {
  const text = JSON.stringify(body);
  const shown = text.startsWith('{') ? text.slice(0, maxSummary) : hexadecimal(text.slice(0, maxSummary));
  const summary = text.length > maxSummary ? `${shown} ...` : shown;
  return `the object provided is unrecognized (must be of type ${info.kind}): ${problem} (${summary})`;
}

function hexadecimal(text: string): string {
  return [...text].map((character) => (character.codePointAt(0) ?? 0).toString(16).padStart(2, '0')).join('');
}

/** Why a body of that kind is not for this address. */
function unhandled(info: ResourceInfo, typeMeta: TypeMeta): string | undefined {
  const expected = apiVersionOf(info);
  if (typeMeta.kind === info.kind && typeMeta.apiVersion === expected) return undefined;
  if (!isRegistered(typeMeta)) return cannotBeHandled(info, typeMeta, unregistered(typeMeta));
  return `the API version in the data (${typeMeta.apiVersion}) does not match the expected API version (${expected})`;
}

function isRegistered({ kind, apiVersion }: TypeMeta): boolean {
  if (otherVersions.some((other) => other.kind === kind && apiVersionOf(other) === apiVersion)) return true;
  return kinds.some((known) => known === kind && apiVersionOf(resources[known]) === apiVersion);
}

function unregistered({ kind, apiVersion }: TypeMeta): string {
  return `no kind ${goQuote(kind)} is registered for version ${goQuote(apiVersion)} in scheme ${goQuote(scheme)}`;
}

/** Why a patched object is no longer of the kind that it was: runtime.DecodeInto. */
export function becomesAnother(info: ResourceInfo, body: Json): string | undefined {
  const typeMeta = typeMetaOf(info, body);
  if (!typeMeta.ok) return typeMeta.problem;
  const { kind, apiVersion } = typeMeta.value;
  if (kind === info.kind && apiVersion === apiVersionOf(info)) return undefined;
  if (!isRegistered(typeMeta.value)) return unregistered(typeMeta.value);
  const from = `${apiVersion.slice(apiVersion.indexOf('/') + 1)}.${kind}`;
  return `converting (${from}) to (${info.group === '' ? 'core' : internalPackage(info)}.${info.kind}): unknown conversion`;
}

/** The Go package of a kind's internal type. */
function internalPackage({ group }: ResourceInfo): string {
  return group.split('.')[0] ?? group;
}

function cannotBeHandled(info: ResourceInfo, typeMeta: TypeMeta, problem: string): string {
  const version = typeMeta.apiVersion.slice(typeMeta.apiVersion.indexOf('/') + 1);
  return `${typeMeta.kind} in version ${goQuote(version)} cannot be handled as a ${info.kind}: ${problem}`;
}
