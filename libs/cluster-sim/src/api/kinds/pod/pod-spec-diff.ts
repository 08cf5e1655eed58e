import type { PodSpec } from '@kubedrill/kube-model';
import { podSpec as internalPodSpec } from './internal/internal-pod-spec.ts';
import { writeCompact, writeStruct, type InternalStruct } from './internal/internal-struct.ts';
import { unifiedDiff } from './unified-diff.ts';

/** What is longer than that is not compared line by line. */
const maxLines = 20_000;

/** What a refused update would have changed, as the API server shows it: apimachinery/pkg/util/diff. */
export function podSpecDiff(old: PodSpec, changed: PodSpec): string {
  return internalDiff(internalPodSpec, internalForm(old), internalForm(changed));
}

export function internalDiff(struct: InternalStruct, old: unknown, changed: unknown): string {
  const [before, after] = [linesOf(struct, old), linesOf(struct, changed)];
  return before.length > maxLines || after.length > maxLines ? '' : unifiedDiff(before, after);
}

/** The spec on one line, as errors show it. */
export function shownPodSpec(spec: PodSpec): string {
  return writeCompact(internalPodSpec, internalForm(spec));
}

function linesOf(struct: InternalStruct, value: unknown): readonly string[] {
  return writeStruct(struct, value, '').split('\n');
}

/** Inside, what a pod shares with its host is part of the security context. */
function internalForm(spec: PodSpec): unknown {
  const { hostNetwork, hostPID, hostIPC, shareProcessNamespace, hostUsers, securityContext } = spec as PodSpec &
    Readonly<Record<string, unknown>>;
  const shared = { hostNetwork, hostPID, hostIPC, shareProcessNamespace, hostUsers };
  return { ...spec, securityContext: { ...shared, ...(securityContext as object | undefined) } };
}
