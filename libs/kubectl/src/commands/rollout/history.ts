import type { PodTemplateSpec } from '@kubedrill/kube-model';
import { describePodTemplate } from '../../describers/pod-template.ts';
import { Sheet } from '../../describers/sheet.ts';
import type { Fault } from '../../fault.ts';
import { fault, faultText } from '../../fault.ts';
import type { Flags } from '../../flags.ts';
import type { KubectlCommand } from '../../invocation.ts';
import { CommandError } from '../../invocation.ts';
import { printFlags } from '../../print-flags.ts';
import { ResultPrinter } from '../../result-printer.ts';
import { alignTabs } from '../../tab-writer.ts';
import { causeAnnotation, isRefused, revisionsOf, rollableOf, type Revision } from './revisions.ts';
import { noRollouts, rolloutFlags, visitRollouts } from './rollout-selection.ts';

/** kubectl/pkg/cmd/rollout/rollout_history.go. */
export const rolloutHistory: KubectlCommand = {
  name: 'rollout history',
  flags: { ...rolloutFlags, ...printFlags, revision: { value: 'required', type: 'int64' } },
  run(invocation) {
    const { console, flags } = invocation;
    const number = positiveRevision(flags);
    const printer = new ResultPrinter(invocation, 'typed');
    const problem = visitRollouts(invocation, (target) => {
      const workload = rollableOf(target);
      if (!workload) return fault(noRollouts(target, 'history', 'history viewer'));
      const revisions = revisionsOf(invocation, workload);
      if (isRefused(revisions)) return revisions;
      const chosen = chosenRevisions(revisions, number);
      if (isRefused(chosen)) return chosen;
      if (printer.format.kind !== 'table') {
        for (const { object } of chosen) printer.print(object, '');
        return undefined;
      }
      const [only] = chosen;
      const text = number > 0 && only ? templateText(only.template, only.changeCause) : overview(chosen);
      printer.print(target.object, `${number > 0 ? `with revision #${number}` : ''}\n${text}`);
      return undefined;
    });
    if (problem) console.fail(faultText(problem));
  },
};

export function positiveRevision(flags: Flags): number {
  const number = Number(flags.has('revision') ? flags.text('revision') : '0');
  if (number < 0) throw new CommandError(`error: revision must be a positive integer: ${number}`);
  return number;
}

/** By number; of several with one number, the last. */
function chosenRevisions(revisions: readonly Revision[], number: number): readonly Revision[] | Fault {
  const byNumber = new Map(revisions.map((revision) => [revision.number, revision]));
  if (number === 0 || byNumber.size === 0)
    return [...byNumber.values()].sort((left, right) => left.number - right.number);
  const found = byNumber.get(number);
  return found ? [found] : fault('unable to find the specified revision');
}

const gap = 2;

function overview(revisions: readonly Revision[]): string {
  if (revisions.length === 0) return 'No rollout history found.';
  const rows = revisions.map(({ number, changeCause, template, source }) => {
    // What a ReplicaSet's template says of its cause holds where the set itself says nothing.
    const told = source.kind === 'ReplicaSet' ? template.metadata?.annotations?.[causeAnnotation] : undefined;
    return `${number}\t${changeCause || told || '<none>'}\n`;
  });
  return alignTabs(`REVISION\tCHANGE-CAUSE\n${rows.join('')}`, gap);
}

/** printTemplate: tabs stay tabs. */
export function templateText(template: PodTemplateSpec, changeCause?: string): string {
  const sheet = new Sheet();
  const { metadata = {} } = template;
  const annotations = changeCause ? { ...metadata.annotations, [causeAnnotation]: changeCause } : metadata.annotations;
  describePodTemplate(sheet, { ...template, metadata: { ...metadata, ...(annotations ? { annotations } : {}) } });
  return sheet.raw;
}
