import { resources } from '@kubedrill/kube-model';
import { dryRunNote, dryRunOf } from '../dry-run.ts';
import { faultText, refusal, type Fault } from '../fault.ts';
import type { Invocation } from '../invocation.ts';
import { CommandError, usageError } from '../invocation.ts';
import type { VisitedObject } from '../resource-visit.ts';
import { findVisits, visitAll } from '../resource-visit.ts';
import { ResultPrinter } from '../result-printer.ts';

/** kubectl/pkg/cmd/drain/drain.go Complete: the nodes that a command line names or selects, or why there are none. */
export function chosenNodes(invocation: Invocation, command: string): readonly VisitedObject[] | Fault {
  const { flags, operands } = invocation;
  const labelSelector = flags.text('selector');
  if (operands.length === 0 && !flags.has('selector')) throw usageError(command, `USAGE: ${command} NODE [flags]`);
  if (operands.length > 0 && labelSelector !== '')
    throw usageError(command, 'cannot specify both a node name and a --selector option');
  const options = { words: nodeWords(operands), labelSelector, allowsEmptySelector: true, stopsAtFault: true };
  const nodes: VisitedObject[] = [];
  const problem = visitAll(invocation, findVisits(invocation, options), options, (target) => {
    if (target.resource !== resources.Node)
      throw new CommandError(`error: expected resource of type node, got "${resourceText(target)}"`);
    nodes.push(target);
    return undefined;
  });
  return problem ?? nodes;
}

/** Builder.ResourceNames: bare names are those of nodes. */
function nodeWords(operands: readonly string[]): readonly string[] {
  if (operands.length === 0) return ['nodes'];
  return operands.map((operand) => (operand.includes('/') ? operand : `nodes/${operand}`));
}

function resourceText({ resource: { group, version, plural } }: VisitedObject): string {
  return `${group}/${version}, Resource=${plural}`;
}

/** RunCordonOrUncordon, for one node. */
export function markNode(invocation: Invocation, node: VisitedObject, isCordoned: boolean): void {
  const { console, flags } = invocation;
  const { spec } = node.object as { readonly spec?: { readonly unschedulable?: boolean } };
  const dryRun = dryRunOf(flags);
  const printer = new ResultPrinter(invocation, 'typed');
  const verb = isCordoned ? 'cordon' : 'uncordon';
  if ((spec?.unschedulable ?? false) === isCordoned) {
    printer.print(node.object, `already ${verb}ed${dryRunNote(dryRun)}`);
    return;
  }
  const problem = dryRun === 'client' ? undefined : send(invocation, node, isCordoned, dryRun === 'server');
  if (problem) console.note(`error: unable to ${verb} node "${node.name}": ${faultText(problem)}`);
  else printer.print(node.object, `${verb}ed${dryRunNote(dryRun)}`);
}

function send(
  { cluster, console }: Invocation,
  { resource, name }: VisitedObject,
  isCordoned: boolean,
  dryRun: boolean,
): Fault | undefined {
  const response = cluster.api.handle({
    verb: 'patch',
    patchType: 'strategic',
    resource,
    namespace: '',
    name,
    body: { spec: { unschedulable: isCordoned ? true : null } },
    dryRun,
    fieldManager: 'kubectl',
  });
  console.warn(response.warnings);
  return response.ok ? undefined : refusal(response.status);
}
