import type { Json } from '@kubedrill/kube-model';
import type { ObjectSchema } from '../schema/schema.ts';
import { FieldSet } from './field-set.ts';
import type { Manager, ManagerName, Managers } from './managers.ts';
import { identityOf } from './managers.ts';
import type { Path } from './path-element.ts';
import { compare, type Comparison } from './typed-comparison.ts';
import { fieldsOf } from './typed-fields.ts';
import { merge } from './typed-merge.ts';
import { withoutFields } from './typed-removal.ts';

/** A field that somebody else owns and that an apply would change. */
export interface FieldConflict {
  readonly manager: Manager;
  readonly path: Path;
}

/** What decides over fields besides their values. */
export interface Rules {
  readonly schema: ObjectSchema;
  /** Fields that a request of this kind cannot write, with all below them: nobody comes to own them. */
  readonly resetFields: FieldSet;
}

/** What changes hands when an object becomes another: structured-merge-diff/merge/update.go. */
export function updatedOwners(
  rules: Rules,
  live: Json,
  next: Json,
  managers: Managers,
): { readonly managers: Managers; readonly taken: FieldSet } {
  const comparison = relevant(rules, compare(rules.schema, live, next));
  const others = withoutLost(managers, comparison, undefined);
  return { managers: others, taken: changedFields(comparison) };
}

export type ApplyResult =
  | { readonly ok: true; readonly object: Json; readonly managers: Managers }
  | { readonly ok: false; readonly conflicts: readonly FieldConflict[] };

/** Updater.Apply: the live object with the configuration on top, less what the manager applied before and no longer does. */
export function applied(
  rules: Rules,
  live: Json,
  configuration: Json,
  managers: Managers,
  applier: ManagerName & { readonly force: boolean },
): ApplyResult {
  const { schema, resetFields } = rules;
  const { manager, operation, apiVersion, subresource, force } = applier;
  const identity = identityOf(applier);
  const before = managers.get(identity);
  const fields = fieldsOf(schema, configuration).recursiveDifference(resetFields);
  const next = new Map(managers);
  next.set(identity, { manager, operation, apiVersion, subresource, time: before?.time, fields });
  const merged = merge(schema, live, configuration) ?? null;
  const object = before ? pruned(schema, merged, next, before.fields) : merged;
  const comparison = relevant(rules, compare(schema, live, object));
  const conflicts = force ? [] : conflictsOf(next, comparison, identity);
  if (conflicts.length > 0) return { ok: false, conflicts };
  return { ok: true, object, managers: withoutLost(next, comparison, identity) };
}

function relevant({ resetFields }: Rules, { removed, modified, added }: Comparison): Comparison {
  return {
    removed: removed.recursiveDifference(resetFields),
    modified: modified.recursiveDifference(resetFields),
    added: added.recursiveDifference(resetFields),
  };
}

function changedFields({ modified, added }: Comparison): FieldSet {
  return modified.union(added);
}

function conflictsOf(managers: Managers, comparison: Comparison, writer: string): readonly FieldConflict[] {
  const changed = changedFields(comparison);
  return [...managers]
    .filter(([identity]) => identity !== writer)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([, manager]) =>
      manager.fields
        .intersection(changed)
        .paths()
        .map((path) => ({ manager, path })),
    );
}

/** Everybody but the writer loses what was changed or removed; who has nothing left is gone. */
function withoutLost(managers: Managers, comparison: Comparison, writer: string | undefined): Managers {
  const lost = changedFields(comparison).union(comparison.removed);
  const left = new Map<string, Manager>();
  for (const [identity, manager] of managers) {
    const fields = identity === writer ? manager.fields : manager.fields.difference(lost);
    if (!fields.isEmpty) left.set(identity, { ...manager, fields });
  }
  return left;
}

/** Takes away what the manager applied last time and nobody, this apply included, owns now. */
function pruned(schema: ObjectSchema, merged: Json, managers: Managers, last: FieldSet): Json {
  const named = (set: FieldSet): FieldSet => set.withNamedFields(schema);
  const lastFields = named(last);
  const rest = withoutFields(schema, merged, lastFields);
  const owned = [...managers.values()].reduce((all, { fields }) => all.union(fields), FieldSet.empty);
  const all = named(fieldsOf(schema, merged));
  const kept = withoutFields(schema, merged, all.difference(named(fieldsOf(schema, rest)).union(named(owned))));
  const gone = all.difference(named(fieldsOf(schema, kept)));
  return withoutFields(schema, merged, gone.intersection(lastFields));
}
