import type { JsonObject } from '@kubedrill/kube-model';
import { isJsonObject } from '@kubedrill/kube-model';
import type { Flags } from './flags.ts';
import type { Invocation, KubectlCommand } from './invocation.ts';

/** cli-runtime/pkg/genericclioptions/record_flags.go parseCommandArguments: operands first, then flags by their long names. */
export function changeCauseOf(
  { name, flags: known }: KubectlCommand,
  flags: Flags,
  operands: readonly string[],
): string | undefined {
  if (!('record' in known) || !flags.isTrue('record')) return undefined;
  const given = flags.entries().map(([flag, value]) => `--${flag}=${value}`);
  return ['kubectl', name, ...operands, ...given].join(' ');
}

/** The object with why it was changed, where --record asks for that. */
export function withChangeCause({ changeCause }: Invocation, object: JsonObject): JsonObject {
  if (changeCause === undefined) return object;
  const metadata = isJsonObject(object.metadata) ? object.metadata : {};
  const annotations = isJsonObject(metadata.annotations) ? metadata.annotations : {};
  return {
    ...object,
    metadata: { ...metadata, annotations: { ...annotations, 'kubernetes.io/change-cause': changeCause } },
  };
}
