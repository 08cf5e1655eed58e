import type { JsonObject, ManifestDocument, ResourceInfo } from '@kubedrill/kube-model';
import { apiVersionOf, isJsonObject, kinds, otherVersions, resources } from '@kubedrill/kube-model';
import { decode } from '../api/schema/decode.ts';
import { objectMeta } from '../api/schema/object-meta.ts';
import { object } from '../api/schema/schema.ts';

/** A document that kubectl can send: its kind is known, its namespace filled in. */
export interface ManifestObject {
  readonly document: ManifestDocument;
  readonly resource: ResourceInfo;
  /** '' for cluster-scoped kinds. */
  readonly namespace: string;
  /** '' where it is missing. */
  readonly name: string;
  readonly value: JsonObject;
}

export type RecognizedManifest =
  { readonly ok: true; readonly object: ManifestObject } | { readonly ok: false; readonly message: string };

export interface NamespaceChoice {
  /** For objects that name none. */
  readonly namespace: string;
  /** As with --namespace: another namespace in the manifest is refused. */
  readonly enforced: boolean;
}

/** Lists inside lists are unpacked too, down to this depth. */
const maxListDepth = 8;

/** Documents whose kind ends in List stand for their items. */
export function unpackLists(documents: readonly ManifestDocument[], depth = 0): readonly ManifestDocument[] {
  return documents.flatMap((document) => {
    const { kind, items } = document.value;
    if (depth >= maxListDepth || typeof kind !== 'string' || !kind.endsWith('List') || !Array.isArray(items))
      return [document];
    const unpacked = (items as readonly unknown[]).flatMap((item, index): ManifestDocument[] => {
      if (!isJsonObject(item)) return [];
      return [{ ...document, value: item, locate: (path) => document.locate(['items', index, ...path]) }];
    });
    return unpackLists(unpacked, depth + 1);
  });
}

export function recognize(document: ManifestDocument, choice: NamespaceChoice): RecognizedManifest {
  const { value, file } = document;
  const missing = kindErrors(value);
  if (missing.length > 0) return refuse(validationError(file, missing));
  const { apiVersion, kind } = value as { readonly apiVersion: string; readonly kind: string };
  const metadata = isJsonObject(value.metadata) ? value.metadata : {};
  const name = typeof metadata.name === 'string' ? metadata.name : '';
  const ownNamespace = typeof metadata.namespace === 'string' ? metadata.namespace : '';
  const resource = resourceOfManifest(apiVersion, kind);
  if (!resource) {
    return refuse(
      `resource mapping not found for name: ${quote(name)} namespace: ${quote(ownNamespace)} from ${quote(file)}: ` +
        `no matches for kind ${quote(kind)} in version ${quote(apiVersion)}\nensure CRDs are installed first`,
    );
  }
  if (!resource.namespaced) return { ok: true, object: { document, resource, namespace: '', name, value } };
  if (choice.enforced && ownNamespace !== '' && ownNamespace !== choice.namespace)
    return refuse(mismatch(ownNamespace, choice.namespace));
  const namespace = ownNamespace === '' ? choice.namespace : ownNamespace;
  const placed = ownNamespace === '' ? { ...value, metadata: { ...metadata, namespace } } : value;
  return { ok: true, object: { document, resource, namespace, name, value: placed } };
}

/** kubectl/pkg/validation getObjectKind. */
function kindErrors(value: JsonObject): readonly string[] {
  return (['apiVersion', 'kind'] as const).flatMap((field) => {
    const member = value[field] ?? null;
    if (member === null) return [`${field} not set`];
    return typeof member === 'string' ? [] : [`${field} isn't string type`];
  });
}

function validationError(file: string, errors: readonly string[]): string {
  const text = errors.length === 1 ? errors.join('') : `[${errors.join(', ')}]`;
  return `error validating ${quote(file)}: error validating data: ${text}; if you choose to ignore these errors, turn validation off with --validate=false`;
}

function mismatch(own: string, enforced: string): string {
  return (
    `the namespace from the provided object ${quote(own)} does not match the namespace ${quote(enforced)}. ` +
    `You must pass '--namespace=${own}' to perform this operation.`
  );
}

/** By the kind's name and, as kubectl's discovery mapper has it, by that name in lower case; the server refuses the latter. */
const resourcesByKind: ReadonlyMap<string, ResourceInfo> = new Map(
  [...kinds.map((kind): ResourceInfo => resources[kind]), ...otherVersions].flatMap((info) =>
    [info.kind, info.singular].map((name) => [`${apiVersionOf(info)} ${name}`, info] as const),
  ),
);

/** Which resource a manifest of that type belongs to. */
export function resourceOfManifest(apiVersion: string, kind: string): ResourceInfo | undefined {
  return resourcesByKind.get(`${apiVersion} ${kind}`);
}

function refuse(message: string): RecognizedManifest {
  return { ok: false, message };
}

/** Go's %q for text without control characters. */
export function quote(text: string): string {
  return JSON.stringify(text);
}

const metadataOnly = object('metadataOnlyObject', { metadata: objectMeta });

/** What kubectl's decoder says of metadata that is none: cli-runtime/pkg/resource/metadata_decoder.go. */
export function metadataFault(value: JsonObject): string | undefined {
  const decoded = decode(metadataOnly, { metadata: value.metadata ?? null });
  return decoded.ok ? undefined : decoded.message;
}
