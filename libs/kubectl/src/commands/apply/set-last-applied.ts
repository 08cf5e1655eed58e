import { encodeGoJson, lastAppliedAnnotation } from '@kubedrill/cluster-sim';
import type { JsonObject } from '@kubedrill/kube-model';
import { dryRunFlag, dryRunNote, dryRunOf } from '../../dry-run.ts';
import type { Fault } from '../../fault.ts';
import { fault, faultText, isNotFound, refusal, withSource } from '../../fault.ts';
import type { Invocation, KubectlCommand } from '../../invocation.ts';
import { objectText } from '../../object-text.ts';
import { printFlags } from '../../print-flags.ts';
import type { VisitedObject } from '../../resource-visit.ts';
import { fetchObject, findVisits, shownAs, visitAll } from '../../resource-visit.ts';
import { ResultPrinter } from '../../result-printer.ts';
import { savedConfiguration } from '../../saved-configuration.ts';

/** kubectl/pkg/cmd/apply/apply_set_last_applied.go. */
export const setLastApplied: KubectlCommand = {
  name: 'apply set-last-applied',
  flags: {
    ...printFlags,
    'create-annotation': { value: 'none' },
    'dry-run': dryRunFlag,
    filename: { short: 'f', value: 'required' },
  },
  run(invocation) {
    const { console, flags } = invocation;
    const dryRun = dryRunOf(flags);
    const printer = new ResultPrinter(invocation);
    const changes: { readonly live: VisitedObject; readonly configuration: JsonObject }[] = [];
    const options = { stopsAtFault: true };
    const problem = visitAll(invocation, findVisits(invocation, { ...options, words: [] }), options, (target) => {
      const live = liveOf(invocation, target);
      if ('kind' in live) return live;
      const saved = savedConfiguration(live.object);
      if (saved === undefined && !flags.isTrue('create-annotation'))
        return fault(
          `no last-applied-configuration annotation found on resource: ${target.name}, to create the annotation, run the command with --create-annotation`,
        );
      if (saved?.trimEnd() === encodeGoJson(target.object))
        console.print(`set-last-applied ${target.name}: no changes required.`);
      else changes.push({ live, configuration: target.object });
      return undefined;
    });
    if (problem) {
      console.fail(faultText(problem));
      return;
    }
    for (const { live, configuration } of changes) {
      const sent = dryRun === 'client' ? live : patchAnnotation(invocation, live, configuration, 'kubectl');
      if ('kind' in sent) {
        console.fail(faultText(sent));
        return;
      }
      printer.print(sent.object, `configured${dryRunNote(dryRun)}`);
    }
  },
};

function liveOf(invocation: Invocation, target: VisitedObject): VisitedObject | Fault {
  const live = fetchObject(invocation, target);
  return 'kind' in live && !isNotFound(live)
    ? withSource(`retrieving current configuration of:\n${objectText(target)}\nfrom server for:`, target.source, live)
    : live;
}

/** editor.GetApplyPatch: a merge patch that says nothing but what was applied last. */
export function patchAnnotation(
  { cluster, console, flags }: Invocation,
  { resource, namespace, name }: VisitedObject,
  configuration: JsonObject,
  fieldManager: string,
): Pick<VisitedObject, 'object'> | Fault {
  const annotations = { [lastAppliedAnnotation]: `${encodeGoJson(configuration)}\n` };
  const response = cluster.api.handle({
    verb: 'patch',
    patchType: 'merge',
    resource,
    namespace,
    name,
    body: { metadata: { annotations } },
    dryRun: dryRunOf(flags) === 'server',
    fieldManager,
    fieldValidation: 'Warn',
  });
  console.warn(response.warnings);
  if (!response.ok) return refusal(response.status);
  return { object: 'object' in response ? shownAs(resource, response.object) : {} };
}
