import type { ControllerRevision, JsonObject, KubeObject, PodTemplateSpec } from '@kubedrill/kube-model';
import { goJson } from '../api/validation/go-quote.ts';
import type { Change, Draft } from '../engine/controller.ts';
import type { ObjectView } from '../store/object-view.ts';
import { matcherOf } from './label-selector.ts';
import { claim, controllerReference, type Claim } from './ownership.ts';
import { sameValue } from './same-value.ts';
import { fnv1, safeEncode, utf8 } from './template-hash/fnv-hash.ts';

/** pkg/controller/history: what StatefulSets and DaemonSets remember of their templates. */

type Historied = Extract<KubeObject, { readonly kind: 'StatefulSet' | 'DaemonSet' }>;

const patches = new WeakMap<PodTemplateSpec, JsonObject>();

/** The patch that brings a template back: getPatch. */
export function templatePatch(template: PodTemplateSpec): JsonObject {
  const known = patches.get(template);
  if (known) return known;
  const patch = { spec: { template: { ...template, $patch: 'replace' } } } as unknown as JsonObject;
  patches.set(template, patch);
  return patch;
}

export function templateOf(revision: { readonly data?: JsonObject }): PodTemplateSpec {
  const { spec } = revision.data as unknown as { readonly spec: { readonly template: PodTemplateSpec } };
  const { $patch: _directive, ...template } = spec.template as PodTemplateSpec & { readonly $patch?: string };
  return template;
}

export function hasTemplate(revision: ControllerRevision, template: PodTemplateSpec): boolean {
  return sameValue(revision.data, templatePatch(template));
}

/** HashControllerRevision: over the text of the patch and the count of collisions. */
export function revisionHash(data: JsonObject, collisionCount: number): string {
  return safeEncode(String(fnv1(utf8(`${goJson(data)}${collisionCount}`))));
}

/** The revisions that the workload controls, the oldest first. */
export function claimRevisions(view: ObjectView, owner: Historied): Claim<ControllerRevision> {
  const matches = matcherOf(owner.spec.selector);
  const { claimed, changes } = claim(
    owner,
    view.indexed('ControllerRevision', 'owner', owner.metadata.uid),
    view.indexed('ControllerRevision', 'orphan', owner.metadata.namespace ?? ''),
    ({ metadata }) => matches(metadata.labels),
  );
  return { claimed: claimed.toSorted(byRevision), changes };
}

function byRevision(left: ControllerRevision, right: ControllerRevision): number {
  if (left.revision !== right.revision) return left.revision - right.revision;
  const [first, second] = [left.metadata, right.metadata];
  if (first.creationTimestamp !== second.creationTimestamp)
    return first.creationTimestamp < second.creationTimestamp ? -1 : 1;
  return first.name < second.name ? -1 : 1;
}

/** ControllerRevisionName. */
export function revisionName(owner: string, hash: string): string {
  return `${owner.slice(0, 223)}-${hash}`;
}

export function newRevision(
  owner: Historied,
  name: string,
  hashLabel: Readonly<Record<string, string>>,
  revision: number,
): Draft<ControllerRevision> {
  const { namespace, annotations } = owner.metadata;
  const { template } = owner.spec;
  return {
    apiVersion: 'apps/v1',
    kind: 'ControllerRevision',
    metadata: {
      name,
      namespace,
      labels: { ...template.metadata?.labels, ...hashLabel },
      ...(annotations && { annotations }),
      ownerReferences: [controllerReference(owner)],
    },
    data: templatePatch(template),
    revision,
  };
}

/** The changes that make the named revision the latest one. */
export function renumbered(revision: ControllerRevision, number: number): readonly Change[] {
  return revision.revision === number ? [] : [{ verb: 'update', object: { ...revision, revision: number } }];
}
