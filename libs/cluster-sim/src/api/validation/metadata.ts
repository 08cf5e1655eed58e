import type { ObjectMeta, OwnerReference, StringMap } from '@kubedrill/kube-model';
import type { FieldError } from './field-error.ts';
import { forbidden, invalid, required, tooLong } from './field-error.ts';
import { goQuote, goStruct, goStructs, type GoValue } from './go-quote.ts';
import { immutable } from './immutable.ts';
import { metadataPath, type Path } from './path.ts';
import type { Rule } from './rule.ts';
import type { TextFormat } from './text-format.ts';
import { byteLength, dns1123Label, labelValueFormat, qualifiedName } from './text-format.ts';

/** Metadata that every kind shares: apimachinery/pkg/api/validation/objectmeta.go. */

const maxAnnotationBytes = 256 * 1024;

export const labels: Rule<StringMap | undefined> = (map, at, report) => {
  if (!map) return;
  const before = report.length;
  reportPairs(map, Object.keys(map), at, report);
  if (report.length <= before + 1) return;
  // Go walks maps in any order: here it does not depend on how the body was written.
  report.length = before;
  reportPairs(map, Object.keys(map).sort(), at, report);
};

function reportPairs(map: StringMap, keys: readonly string[], at: Path, report: FieldError[]): void {
  for (const key of keys) {
    const value = map[key] ?? '';
    for (const message of qualifiedName(key)) report.push(invalid(at, key, message));
    for (const message of labelValueFormat(value)) report.push(invalid(at, value, message));
  }
}

export const annotations: Rule<StringMap | undefined> = (map, at, report) => {
  if (!map) return;
  let bytes = 0;
  for (const key of Object.keys(map)) {
    bytes += byteLength(key) + byteLength(map[key] ?? '');
    for (const message of qualifiedName(key.toLowerCase())) report.push(invalid(at, key, message));
  }
  if (bytes > maxAnnotationBytes) report.push(tooLong(at, maxAnnotationBytes));
};

const ownerReferences: Rule<readonly OwnerReference[] | undefined> = (references, at, report) => {
  let controller: string | undefined;
  for (const reference of references ?? []) {
    ownerReference(reference, at, report);
    if (reference.controller !== true) continue;
    const current = `${reference.kind}/${reference.name}`;
    if (controller === undefined) controller = current;
    else
      report.push(
        invalid(
          at,
          goStructs((references ?? []).map(shownOwner)),
          `Only one reference can have Controller set to true. Found "true" in references for ${controller} and ${current}`,
        ),
      );
  }
};

function shownOwner({ apiVersion, kind, name, uid, controller, blockOwnerDeletion }: OwnerReference): GoValue {
  return goStruct({ apiVersion, kind, name, uid, controller, blockOwnerDeletion });
}

function ownerReference(reference: OwnerReference, at: Path, report: FieldError[]): void {
  const parts = reference.apiVersion.split('/');
  const version = parts.length > 2 ? '' : (parts.at(-1) ?? '');
  if (version === '') report.push(invalid(at.child('apiVersion'), reference.apiVersion, 'version must not be empty'));
  if (reference.kind === '') report.push(invalid(at.child('kind'), '', 'must not be empty'));
  if (reference.name === '') report.push(invalid(at.child('name'), '', 'must not be empty'));
  if (reference.uid === '') report.push(invalid(at.child('uid'), '', 'must not be empty'));
  if (reference.apiVersion === 'v1' && reference.kind === 'Event')
    report.push(invalid(at, shownOwner(reference), '/v1, Kind=Event is disallowed from being an owner'));
}

const finalizers: Rule<readonly string[] | undefined> = (names, at, report) => {
  if (!names) return;
  for (const name of names) for (const message of qualifiedName(name)) report.push(invalid(at, name, message));
  if (names.includes('orphan') && names.includes('foregroundDeletion'))
    report.push(invalid(at, names, 'finalizer orphan and foregroundDeletion cannot be both set'));
};

/** ValidateObjectMeta of pkg/apis/core/validation, which kinds check their metadata with. */
export function validateMetadata(
  meta: ObjectMeta,
  namespaced: boolean,
  nameFormat: TextFormat,
  report: FieldError[],
): void {
  validateCommonMetadata(meta, namespaced, nameFormat, report);
  standardFinalizerNames(meta, report);
}

function standardFinalizerNames({ finalizers: names }: ObjectMeta, report: FieldError[]): void {
  if (!names) return;
  const at = metadataPath.child('finalizers');
  names.forEach((name, index) => standardFinalizerName(name, at.index(index), report));
}

/** What finalizers without a domain may be called. */
const standardFinalizers: ReadonlySet<string> = new Set(['kubernetes', 'orphan', 'foregroundDeletion']);

function standardFinalizerName(name: string, at: Path, report: FieldError[]): void {
  if (!name.includes('/') && !standardFinalizers.has(name))
    report.push(invalid(at, name, 'name is neither a standard finalizer name nor is it fully qualified'));
}

export function validateFinalizerName(name: string, at: Path, report: FieldError[]): void {
  for (const message of qualifiedName(name)) report.push(invalid(at, name, message));
  standardFinalizerName(name, at, report);
}

/** ValidateObjectMeta of apimachinery: what holds for all kinds. `old`: the stored object's, in an update. */
export function validateCommonMetadata(
  meta: ObjectMeta,
  namespaced: boolean,
  nameFormat: TextFormat,
  report: FieldError[],
  old?: ObjectMeta,
): void {
  const at = metadataPath;
  validateNames(meta, nameFormat, report);
  if (!namespaced && meta.namespace) report.push(forbidden(at.child('namespace'), 'not allowed on this type'));
  if (namespaced) validateNamespace(meta.namespace, at.child('namespace'), report);
  if ((meta.generation ?? 0) < 0)
    report.push(invalid(at.child('generation'), meta.generation, 'must be greater than or equal to 0'));
  validateAttachments(meta, old, report);
  finalizers(meta.finalizers, at.child('finalizers'), report);
}

export function validateNames({ name, generateName }: ObjectMeta, format: TextFormat, report: FieldError[]): void {
  const at = metadataPath;
  if (generateName)
    for (const message of format(maskTrailingDash(generateName)))
      report.push(invalid(at.child('generateName'), generateName, message));
  if (!name) report.push(required(at.child('name'), 'name or generateName is required'));
  else for (const message of format(name)) report.push(invalid(at.child('name'), name, message));
}

/** What is the stored object's own, and not only equal to it, was checked before it was stored. */
function validateAttachments(meta: ObjectMeta, old: ObjectMeta | undefined, report: FieldError[]): void {
  const at = metadataPath;
  if (meta.labels !== old?.labels) labels(meta.labels, at.child('labels'), report);
  if (meta.annotations !== old?.annotations) annotations(meta.annotations, at.child('annotations'), report);
  if (meta.ownerReferences !== old?.ownerReferences)
    ownerReferences(meta.ownerReferences, at.child('ownerReferences'), report);
}

function validateNamespace(namespace: string | undefined, at: Path, report: FieldError[]): void {
  if (!namespace) report.push(required(at));
  else for (const message of dns1123Label(namespace)) report.push(invalid(at, namespace, message));
}

/** As maskTrailingDash of apimachinery: the prefix of a generated name may end in a dash. */
function maskTrailingDash(prefix: string): string {
  return prefix.length > 1 && prefix.endsWith('-') ? `${prefix.slice(0, -2)}a` : prefix;
}

/** ValidateObjectMetaUpdate of pkg/apis/core/validation, which kinds check their updates with. */
export function validateMetadataUpdate(meta: ObjectMeta, old: ObjectMeta, report: FieldError[]): void {
  validateCommonMetadataUpdate(meta, old, report);
  standardFinalizerNames(meta, report);
}

/** ValidateObjectMetaUpdate of apimachinery. */
export function validateCommonMetadataUpdate(meta: ObjectMeta, old: ObjectMeta, report: FieldError[]): void {
  const at = metadataPath;
  if (old.deletionTimestamp !== undefined) noNewFinalizers(meta, old, at.child('finalizers'), report);
  if (!meta.resourceVersion) report.push(invalid(at.child('resourceVersion'), '', 'must be specified for an update'));
  if ((meta.generation ?? 0) < (old.generation ?? 0))
    report.push(invalid(at.child('generation'), meta.generation ?? 0, 'must not be decremented'));
  immutable(meta.name, old.name, at.child('name'), report);
  immutable(meta.namespace, old.namespace, at.child('namespace'), report);
  immutable(meta.uid, old.uid, at.child('uid'), report);
  immutable(meta.creationTimestamp, old.creationTimestamp, at.child('creationTimestamp'), report);
  immutable(meta.deletionTimestamp, old.deletionTimestamp, at.child('deletionTimestamp'), report);
  immutable(
    meta.deletionGracePeriodSeconds,
    old.deletionGracePeriodSeconds,
    at.child('deletionGracePeriodSeconds'),
    report,
  );
  validateAttachments(meta, old, report);
}

function noNewFinalizers(meta: ObjectMeta, old: ObjectMeta, at: Path, report: FieldError[]): void {
  const extra = (meta.finalizers ?? []).filter((name) => !old.finalizers?.includes(name));
  if (extra.length === 0) return;
  const shown = `[]string{${[...new Set(extra)].sort().map(goQuote).join(', ')}}`;
  report.push(
    forbidden(at, `no new finalizers can be added if the object is being deleted, found new finalizers ${shown}`),
  );
}

/** rest.validatePathSegment: what every name has to keep to, as it becomes a part of URLs. */
export const pathSegment: TextFormat = (name) => {
  if (name === '.' || name === '..') return [`may not be '${name}'`];
  return ['/', '%'].filter((part) => name.includes(part)).map((part) => `may not contain '${part}'`);
};
