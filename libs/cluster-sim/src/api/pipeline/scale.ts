import {
  isJsonObject,
  resources,
  type Json,
  type JsonObject,
  type KubeObject,
  type ResourceInfo,
} from '@kubedrill/kube-model';
import type { KindDefinition, ScaleAccess } from '../kinds/kind-definition.ts';
import { done, refused, type Outcome } from '../outcome.ts';
import { decode } from '../schema/decode.ts';
import { objectMeta } from '../schema/object-meta.ts';
import { always, int32, object, string } from '../schema/schema.ts';
import { badRequest, conflict, invalid, modified, notFound } from '../status.ts';
import { invalid as invalidField } from '../validation/field-error.ts';
import { specPath } from '../validation/path.ts';
import type { Write } from './backend.ts';
import { patchedJson, type Patch } from './patch.ts';
import { updateObject } from './update.ts';

/** autoscaling/v1 Scale, the subresource of workloads: pkg/registry/apps/deployment/storage ScaleREST. */
export const scaleSchema = object('Scale', {
  metadata: objectMeta,
  spec: always(object('ScaleSpec', { replicas: int32 })),
  status: always(object('ScaleStatus', { replicas: always(int32), selector: string })),
});

const scaleInfo = { group: 'autoscaling', kind: 'Scale', plural: 'scales' } as const;

export function scaleOf(access: ScaleAccess<KubeObject['kind']>, scaled: KubeObject): JsonObject {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = scaled.metadata;
  const replicas = access.replicas(scaled);
  const selector = selectorText(access, scaled);
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, ...(namespace === undefined ? {} : { namespace }), uid, resourceVersion, creationTimestamp },
    spec: replicas === 0 ? {} : { replicas },
    status: { replicas: access.statusReplicas(scaled), ...(selector === '' ? {} : { selector }) },
  };
}

/** metav1.LabelSelectorAsSelector, printed. */
function selectorText(access: ScaleAccess<KubeObject['kind']>, scaled: KubeObject): string {
  const selector = access.selector(scaled);
  const labels = Object.entries(selector?.matchLabels ?? {}).map(([key, value]) => ({ key, text: `${key}=${value}` }));
  const expressions = (selector?.matchExpressions ?? []).map(({ key, operator, values }) => {
    const set = `(${[...(values ?? [])].sort().join(',')})`;
    const texts = { In: `${key} in ${set}`, NotIn: `${key} notin ${set}`, Exists: key, DoesNotExist: `!${key}` };
    return { key, text: texts[operator] };
  });
  const terms = [...labels, ...expressions].sort((left, right) => (left.key < right.key ? -1 : 1));
  return terms.map(({ text }) => text).join(',');
}

export interface ScaleTarget {
  readonly info: ResourceInfo;
  readonly namespace: string;
  readonly name: string;
}

export function readScale(write: Write, target: ScaleTarget): Outcome<JsonObject> {
  const found = scaled(write, target);
  return found.ok ? done(scaleOf(found.object.access, found.object.scaled)) : found;
}

/** Replaces or patches the Scale: of all its fields only spec.replicas and the preconditions count. */
export function writeScale(
  write: Write,
  target: ScaleTarget,
  change: { readonly body: Json } | { readonly patch: Patch },
): Outcome<JsonObject> {
  const found = scaled(write, target);
  if (!found.ok) return found;
  const { access, scaled: existing } = found.object;
  const current = scaleOf(access, existing);
  const next =
    'patch' in change
      ? patchedJson(current, change.patch, scaleSchema, { warnings: write.warnings })
      : decodedScale(change.body);
  if (!next.ok) return next;
  const refusal = refusedScale(target, existing, next.object);
  if (refusal) return refused(refusal);
  const replicas = replicasOf(next.object);
  const updated = updateObject(write, {
    key: { kind: existing.kind, namespace: target.namespace, name: target.name },
    writtenAs: 'scale',
    updated: (current) => done(access.withReplicas(current ?? existing, replicas)),
  });
  return updated.ok ? done(scaleOf(access, updated.object.object)) : updated;
}

export function scaled(
  write: Write,
  { info, namespace, name }: ScaleTarget,
): Outcome<{ access: ScaleAccess<KubeObject['kind']>; scaled: KubeObject }> {
  const definition: KindDefinition = write.backend.registry.of(info.kind);
  const existing = write.backend.store.get(info.kind, namespace, name);
  if (definition.scale && existing) return done({ access: definition.scale, scaled: existing });
  return refused(notFound(resources[info.kind], name));
}

function decodedScale(body: Json): Outcome<JsonObject> {
  const decoded = decode(scaleSchema, body);
  if (decoded.ok) return done(decoded.value);
  return refused(badRequest(`Scale in version "v1" cannot be handled as a Scale: ${decoded.message}`));
}

export function refusedScale(
  target: ScaleTarget,
  existing: KubeObject,
  scale: JsonObject,
): ReturnType<typeof conflict> | undefined {
  const replicas = replicasOf(scale);
  if (replicas < 0) {
    const error = invalidField(specPath.child('replicas'), replicas, 'must be greater than or equal to 0');
    return invalid(
      { ...target.info, ...scaleInfo, kind: scaleInfo.kind as unknown as ResourceInfo['kind'] },
      target.name,
      [error],
    );
  }
  const metadata = scale['metadata'];
  const { resourceVersion: version, uid } = isJsonObject(metadata) ? metadata : {};
  if (typeof uid === 'string' && uid !== '' && uid !== existing.metadata.uid) {
    const problem = `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${existing.metadata.uid}`;
    return conflict({ ...target.info, plural: `${target.info.plural}/scale` }, target.name, problem);
  }
  const isStale = version !== undefined && version !== existing.metadata.resourceVersion;
  return isStale ? conflict(resources[target.info.kind], target.name, modified) : undefined;
}

export function replicasOf(scale: JsonObject): number {
  const spec = scale['spec'];
  const replicas = isJsonObject(spec) ? spec['replicas'] : undefined;
  return typeof replicas === 'number' ? replicas : 0;
}
