import { resources, type Kind, type KubeObject } from '@kubedrill/kube-model';
import type { KindDefinition } from '../kinds/kind-definition.ts';
import { done, refused, type Outcome } from '../outcome.ts';
import { badRequest } from '../status.ts';
import { parseFieldSelector } from '../selectors/field-selector.ts';
import { matchesLabels, parseLabelSelector } from '../selectors/label-selector.ts';
import type { Backend } from './backend.ts';

export interface ListSelection {
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
}

/** All objects of a kind that the selectors name; of all namespaces when `namespace` is ''. */
export function listObjects(
  backend: Backend,
  kind: Kind,
  namespace: string,
  selection: ListSelection,
): Outcome<readonly KubeObject[]> {
  const selected = selects(backend, kind, selection);
  if (!selected.ok) return selected;
  const everywhere = !resources[kind].namespaced || namespace === '';
  const found: readonly KubeObject[] = backend.store.list(kind, everywhere ? undefined : namespace);
  return done(found.filter(selected.object).sort(byKey));
}

/** What the selectors say of an object of that kind, or why they cannot be read. */
export function selects(
  backend: Backend,
  kind: Kind,
  { labelSelector = '', fieldSelector = '' }: ListSelection,
): Outcome<(object: KubeObject) => boolean> {
  const definition: KindDefinition = backend.registry.of(kind);
  const labels = parseLabelSelector(labelSelector);
  if (!labels.ok) return refused(badRequest(labels.message));
  const fields = parseFieldSelector(definition, fieldSelector);
  if (!fields.ok) return refused(badRequest(fields.message));
  return done((object) => matchesLabels(labels.requirements, object.metadata.labels) && fields.matches(object));
}

/** etcd lists by key. */
function byKey(left: KubeObject, right: KubeObject): number {
  const [a, b] = [
    `${left.metadata.namespace ?? ''}/${left.metadata.name}`,
    `${right.metadata.namespace ?? ''}/${right.metadata.name}`,
  ];
  return a < b ? -1 : a > b ? 1 : 0;
}
