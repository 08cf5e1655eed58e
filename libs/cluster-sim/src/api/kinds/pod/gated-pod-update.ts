import type { PodSpec } from '@kubedrill/kube-model';
import type { FieldError } from '../../validation/field-error.ts';
import { invalid } from '../../validation/field-error.ts';
import { GoValue } from '../../validation/go-quote.ts';
import { semanticallyEqual } from '../../validation/immutable.ts';
import type { Path } from '../../validation/path.ts';
import { specPath } from '../../validation/path.ts';
import type { FullPodSpec, NodeSelectorTerm } from '../pod-template/validation/pod-spec-shape.ts';
import { nodeSelectorTerm } from './internal/internal-pod-spec.ts';
import { shownInside } from './internal/internal-struct.ts';

/** A pod behind scheduling gates may still narrow down its nodes (ValidatePodUpdate). */

/** validateNodeSelectorMutation. */
export function nodeSelectorExtended(spec: PodSpec, old: PodSpec, report: FieldError[]): void {
  const kept = Object.entries(old.nodeSelector ?? {}).every(([key, value]) => spec.nodeSelector?.[key] === value);
  if (kept) return;
  const words = 'only additions to spec.nodeSelector are allowed (no mutations or deletions)';
  report.push(invalid(specPath.child('nodeSelector'), spec.nodeSelector ?? null, words));
}

/** validateNodeAffinityMutation; gives back the affinity as if that of nodes were as before. */
export function nodeAffinityExtended(spec: PodSpec, old: PodSpec, report: FieldError[]): unknown {
  const [{ affinity }, { affinity: oldAffinity }] = [spec as FullPodSpec, old as FullPodSpec];
  const before = oldAffinity?.nodeAffinity;
  if (semanticallyEqual(affinity?.nodeAffinity, before)) return affinity;
  const place = specPath
    .child('affinity')
    .child('nodeAffinity')
    .child('requiredDuringSchedulingIgnoredDuringExecution');
  termsExtended(termsOf(affinity), termsOf(oldAffinity), place.child('nodeSelectorTerms'), report);
  if (!affinity) return { nodeAffinity: before };
  const isNodesOnly = !oldAffinity && !affinity.podAffinity && !affinity.podAntiAffinity;
  return isNodesOnly ? undefined : { ...affinity, nodeAffinity: before };
}

function termsOf(affinity: FullPodSpec['affinity']): readonly NodeSelectorTerm[] {
  return affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
}

function termsExtended(
  terms: readonly NodeSelectorTerm[],
  old: readonly NodeSelectorTerm[],
  at: Path,
  report: FieldError[],
): void {
  if (old.length === 0) return;
  const shown = terms.map((term) => shownInside(nodeSelectorTerm, term));
  if (terms.length !== old.length) {
    const list = new GoValue(terms.length === 0 ? 'null' : `[${shown.map(({ text }) => text).join(',')}]`);
    return void report.push(
      invalid(at, list, 'no additions/deletions to non-empty NodeSelectorTerms list are allowed'),
    );
  }
  for (const [index, term] of terms.entries()) {
    if (!onlyAdds(term, old[index] ?? {}))
      report.push(invalid(at.index(index), shown[index], 'only additions are allowed (no mutations or deletions)'));
  }
}

/** What was required still is, in its place; a term that selected nothing goes on selecting nothing. */
function onlyAdds(term: NodeSelectorTerm, old: NodeSelectorTerm): boolean {
  const names = ['matchExpressions', 'matchFields'] as const;
  const isEmpty = ({ matchExpressions = [], matchFields = [] }: NodeSelectorTerm): boolean =>
    matchExpressions.length + matchFields.length === 0;
  if (isEmpty(old)) return isEmpty(term);
  return names.every((name) => {
    const before = old[name] ?? [];
    return semanticallyEqual((term[name] ?? []).slice(0, before.length), before);
  });
}
