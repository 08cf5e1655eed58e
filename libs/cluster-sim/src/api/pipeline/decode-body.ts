import {
  apiVersionOf,
  isJsonObject,
  kinds,
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
  warnings: string[],
): Outcome<KubeObject> {
  const typeMeta = typeMetaOf(info, body);
  if (!typeMeta.ok) return refused(badRequest(typeMeta.message));
  const refusal = unhandled(info, typeMeta.value);
  if (refusal !== undefined) return refused(badRequest(refusal));
  const decoded = decode(schema, body);
  if (!decoded.ok) return refused(badRequest(cannotBeHandled(info, typeMeta.value, decoded.message)));
  if (decoded.strictErrors.length > 0) {
    const message = strictDecodingError(decoded.strictErrors);
    if (validation === 'Strict') return refused(badRequest(cannotBeHandled(info, typeMeta.value, message)));
    if (validation === 'Warn') warnings.push(...decoded.strictErrors);
  }
  return done(typed(info, decoded.value));
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
  { readonly ok: true; readonly value: TypeMeta } | { readonly ok: false; readonly message: string };

/** apimachinery/pkg/runtime/serializer/json/meta.go: what the body says it is; absent parts are taken from the address. */
function typeMetaOf(info: ResourceInfo, body: Json): TypeMetaResult {
  if (!isJsonObject(body) && body !== null) {
    const struct =
      'struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }';
    return unrecognized(info, body, `json: cannot unmarshal ${jsonKind(body)} into Go value of type ${struct}`);
  }
  const kind = body?.['kind'] ?? '';
  if (typeof kind !== 'string') return notAString(info, body, 'kind', kind);
  const apiVersion = body?.['apiVersion'] ?? '';
  if (typeof apiVersion !== 'string') return notAString(info, body, 'apiVersion', apiVersion);
  return { ok: true, value: { kind: kind || info.kind, apiVersion: apiVersion || apiVersionOf(info) } };
}

function notAString(info: ResourceInfo, body: Json, field: string, value: Json): TypeMetaResult {
  const problem = `json: cannot unmarshal ${jsonKind(value)} into Go struct field .${field} of type string`;
  return unrecognized(info, body, problem);
}

function unrecognized(info: ResourceInfo, body: Json, problem: string): TypeMetaResult {
  const text = JSON.stringify(body);
  const shown = text.startsWith('{') ? text.slice(0, maxSummary) : hexadecimal(text.slice(0, maxSummary));
  const summary = text.length > maxSummary ? `${shown} ...` : shown;
  return {
    ok: false,
    message: `the object provided is unrecognized (must be of type ${info.kind}): couldn't get version/kind; json parse error: ${problem} (${summary})`,
  };
}

function hexadecimal(text: string): string {
  return [...text].map((character) => (character.codePointAt(0) ?? 0).toString(16).padStart(2, '0')).join('');
}

/** Why a body of that kind is not for this address. */
function unhandled(info: ResourceInfo, typeMeta: TypeMeta): string | undefined {
  const expected = apiVersionOf(info);
  if (typeMeta.kind === info.kind && typeMeta.apiVersion === expected) return undefined;
  const known = kinds.some((kind) => kind === typeMeta.kind && apiVersionOf(resources[kind]) === typeMeta.apiVersion);
  if (!known) {
    const problem = `no kind ${goQuote(typeMeta.kind)} is registered for version ${goQuote(typeMeta.apiVersion)} in scheme ${goQuote(scheme)}`;
    return cannotBeHandled(info, typeMeta, problem);
  }
  return `the API version in the data (${typeMeta.apiVersion}) does not match the expected API version (${expected})`;
}

function cannotBeHandled(info: ResourceInfo, typeMeta: TypeMeta, problem: string): string {
  const version = typeMeta.apiVersion.slice(typeMeta.apiVersion.indexOf('/') + 1);
  return `${typeMeta.kind} in version ${goQuote(version)} cannot be handled as a ${info.kind}: ${problem}`;
}
