import type { Container, EnvVar, JsonObject, ObjectMeta, StringMap } from '@kubedrill/kube-model';
import { decodeBase64 } from '@kubedrill/kube-model';
import { resourceFieldValue } from '../../describers/container-environment.ts';
import { ObjectReader } from '../../describers/object-reader.ts';
import type { Invocation } from '../../invocation.ts';

type Reference = NonNullable<EnvVar['valueFrom']>;

/** kubectl/pkg/cmd/set/env GetEnvVarRefString. */
export function referenceText({ configMapKeyRef, secretKeyRef, fieldRef, resourceFieldRef }: Reference): string {
  if (configMapKeyRef) return `configmap ${configMapKeyRef.name ?? ''}, key ${configMapKeyRef.key}`;
  if (secretKeyRef) return `secret ${secretKeyRef.name ?? ''}, key ${secretKeyRef.key}`;
  if (fieldRef) return `field path ${fieldRef.fieldPath}`;
  if (!resourceFieldRef) return 'invalid valueFrom';
  const { containerName = '', resource } = resourceFieldRef;
  return `resource field ${containerName === '' ? '' : `${containerName}/`}${resource}`;
}

export type ReferencedValue =
  { readonly ok: true; readonly value: string } | { readonly ok: false; readonly message: string };

/** GetEnvVarRefValue. */
export function referencedValue(
  { cluster, namespace }: Invocation,
  { configMapKeyRef, secretKeyRef, fieldRef, resourceFieldRef }: Reference,
  object: JsonObject,
  container: Container,
): ReferencedValue {
  const reader = new ObjectReader(cluster);
  if (secretKeyRef) {
    const { name = '', key } = secretKeyRef;
    const read = reader.get('Secret', namespace, name);
    if (!read.ok) return { ok: false, message: read.status.message };
    return valueAt(read.object.data, key, `key ${key} not found in secret ${name}`, (data) => decodeBase64(data) ?? '');
  }
  if (configMapKeyRef) {
    const { name = '', key } = configMapKeyRef;
    const read = reader.get('ConfigMap', namespace, name);
    if (!read.ok) return { ok: false, message: read.status.message };
    return valueAt(read.object.data, key, `key ${key} not found in config map ${name}`, (data) => data);
  }
  if (fieldRef) return fieldValue(object.metadata as unknown as ObjectMeta, fieldRef.fieldPath);
  if (!resourceFieldRef) return { ok: false, message: 'invalid valueFrom' };
  const value = resourceFieldValue(container, resourceFieldRef);
  return value === undefined
    ? { ok: false, message: `Unsupported container resource : ${resourceFieldRef.resource}` }
    : { ok: true, value };
}

function valueAt(
  data: StringMap | undefined,
  key: string,
  missing: string,
  decode: (data: string) => string,
): ReferencedValue {
  const found = data?.[key];
  return found === undefined ? { ok: false, message: missing } : { ok: true, value: decode(found) };
}

/** extractFieldPathAsString, of the workload itself. */
function fieldValue(metadata: ObjectMeta, path: string): ReferencedValue {
  const subscripted = /^metadata\.(annotations|labels)\['(.*)'\]$/.exec(path);
  if (subscripted) {
    const map = subscripted[1] === 'labels' ? metadata.labels : metadata.annotations;
    return { ok: true, value: map?.[subscripted[2] ?? ''] ?? '' };
  }
  switch (path) {
    case 'metadata.annotations':
      return { ok: true, value: mapText(metadata.annotations) };
    case 'metadata.labels':
      return { ok: true, value: mapText(metadata.labels) };
    case 'metadata.name':
      return { ok: true, value: metadata.name };
    case 'metadata.namespace':
      return { ok: true, value: metadata.namespace ?? '' };
    case 'metadata.uid':
      return { ok: true, value: metadata.uid };
    default:
      return { ok: false, message: `unsupported fieldPath: ${path}` };
  }
}

function mapText(map: StringMap = {}): string {
  return Object.keys(map)
    .sort()
    .map((key) => `${key}=${JSON.stringify(map[key])}`)
    .join('\n');
}
