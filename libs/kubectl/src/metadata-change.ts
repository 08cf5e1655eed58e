import { labelValueFormat } from '@kubedrill/cluster-sim';
import type { JsonObject, StringMap } from '@kubedrill/kube-model';
import { isJsonObject } from '@kubedrill/kube-model';
import { CommandError } from './invocation.ts';

export type MetadataPart = 'label' | 'annotation';

/** What "key=value" and "key-" ask for. */
export interface MetadataChange {
  readonly set: ReadonlyMap<string, string>;
  readonly removed: readonly string[];
}

/** kubectl/pkg/cmd/label/label.go parseLabels. */
export function labelChange(pairs: readonly string[]): MetadataChange {
  const set = new Map<string, string>();
  const removed: string[] = [];
  for (const pair of pairs) {
    const [key = '', value, ...more] = pair.split('=');
    if (value === undefined) removed.push(pair.slice(0, -1));
    else if (more.length > 0) throw new CommandError(`error: invalid label spec: ${pair}`);
    else {
      const problems = labelValueFormat(value);
      if (problems.length > 0)
        throw new CommandError(`error: invalid label value: ${JSON.stringify(pair)}: ${problems.join(';')}`);
      set.set(key, value);
    }
  }
  if (removed.some((key) => set.has(key)))
    throw new CommandError('error: can not both modify and remove a label in the same command');
  return { set, removed };
}

/** helpers.go ParsePairs, and kubectl/pkg/cmd/annotate/annotate.go validateAnnotations. */
export function annotationChange(pairs: readonly string[]): MetadataChange {
  const set = new Map<string, string>();
  const removed: string[] = [];
  for (const pair of pairs) {
    const equals = pair.indexOf('=');
    if (equals > 0) set.set(pair.slice(0, equals), pair.slice(equals + 1));
    else removed.push(pair.slice(0, -1));
  }
  const both = removed.filter((key) => set.has(key));
  if (both.length > 0)
    throw new CommandError(
      `error: can not both modify and remove the following annotation(s) in the same command: ${both.join(', ')}`,
    );
  return { set, removed };
}

export function mapOf({ metadata }: JsonObject, part: MetadataPart): StringMap {
  const values = isJsonObject(metadata) ? metadata[part === 'label' ? 'labels' : 'annotations'] : undefined;
  return (isJsonObject(values) ? values : {}) as StringMap;
}

const changeCause = 'kubernetes.io/change-cause';

/** What stands in the way without --overwrite, in kubectl's words. */
export function refuseOverwrites(before: StringMap, part: MetadataPart, { set }: MetadataChange): readonly string[] {
  const taken = [...set].filter(([key, value]) => {
    const isFree = part === 'annotation' && key === changeCause;
    return Object.hasOwn(before, key) && before[key] !== value && !isFree;
  });
  const complaints = taken.map(([key]) => `'${key}' already has a value (${before[key] ?? ''})`);
  if (part === 'label') {
    const texts = complaints.map((complaint) => `${complaint}, and --overwrite is false`);
    return texts.length > 1 ? [`[${texts.join(', ')}]`] : texts;
  }
  if (complaints.length === 0) return [];
  return [`--overwrite is false but found the following declared annotation(s): ${complaints.join('; ')}`];
}

export interface ChangedObject {
  readonly object: JsonObject;
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

export function changed(
  object: JsonObject,
  part: MetadataPart,
  change: MetadataChange,
  resourceVersion: string,
): ChangedObject {
  const metadata = isJsonObject(object.metadata) ? object.metadata : {};
  const before = mapOf(object, part);
  const added = [...change.set].filter(([key, value]) => before[key] !== value).map(([key]) => key);
  const removed = change.removed.filter((key) => Object.hasOwn(before, key));
  const kept = Object.entries(before).filter(([key]) => !change.removed.includes(key));
  const values = Object.fromEntries([...kept, ...change.set]);
  const field = part === 'label' ? 'labels' : 'annotations';
  const { [field]: _, ...others } = metadata;
  return {
    object: {
      ...object,
      metadata: {
        ...others,
        ...(Object.keys(values).length > 0 ? { [field]: values } : {}),
        ...(resourceVersion === '' ? {} : { resourceVersion }),
      },
    },
    added,
    removed,
  };
}
