import type { Cluster } from '@kubedrill/cluster-sim';
import type { Constraints } from '../exercise/constraints.ts';
import { readField } from '../observe/field-path.ts';
import { canonicalJson } from '../receipt/canonical-json.ts';

type ImmutableField = Constraints['immutable'][number];

/** A field that the exercise keeps fixed, and that the submission changed. */
export interface Violation {
  readonly field: ImmutableField;
  readonly before: string;
  readonly after: string;
}

/** What the fixed fields hold, as canonical JSON. */
export function immutableValues(cluster: Cluster, { immutable }: Constraints): ReadonlyMap<ImmutableField, string> {
  return new Map(immutable.map((field) => [field, valueOf(cluster, field)]));
}

export function changedFields(cluster: Cluster, before: ReadonlyMap<ImmutableField, string>): readonly Violation[] {
  const violations: Violation[] = [];
  for (const [field, value] of before) {
    const after = valueOf(cluster, field);
    if (after !== value) violations.push({ field, before: value, after });
  }
  return violations;
}

function valueOf(cluster: Cluster, { kind, namespace, name, path }: ImmutableField): string {
  const clusterScoped = kind === 'Node' || kind === 'Namespace';
  const { value } = readField(cluster.view.get(kind, clusterScoped ? '' : namespace, name), path);
  return value === undefined ? 'not set' : canonicalJson(value);
}
