import { parseLabelSelector } from '@kubedrill/cluster-sim';
import { dryRunFlag, dryRunNote, dryRunOf } from '../../dry-run.ts';
import { bareText, faultText, several, type Fault } from '../../fault.ts';
import type { Invocation, KubectlCommand } from '../../invocation.ts';
import { CommandError } from '../../invocation.ts';
import type { VisitedObject } from '../../resource-visit.ts';
import { ResultPrinter } from '../../result-printer.ts';
import { chosenNodes, markNode } from '../marked-nodes.ts';
import { deletePods, evictPods } from './departures.ts';
import { podsToLeave } from './pods-to-leave.ts';

/** kubectl/pkg/cmd/drain/drain.go RunDrain. */
export const drain: KubectlCommand = {
  name: 'drain',
  flags: {
    'chunk-size': { value: 'required', type: 'int64' },
    'delete-emptydir-data': { value: 'none' },
    'disable-eviction': { value: 'none' },
    'dry-run': dryRunFlag,
    force: { value: 'none' },
    'grace-period': { value: 'required', type: 'int' },
    'ignore-daemonsets': { value: 'none' },
    'pod-selector': { value: 'required' },
    selector: { short: 'l', value: 'required' },
    'skip-wait-for-delete-timeout': { value: 'required', type: 'int' },
    timeout: { value: 'required', type: 'duration' },
  },
  run(invocation) {
    const { console, flags } = invocation;
    const podSelector = flags.text('pod-selector');
    const nodes = chosenNodes(invocation, 'drain');
    if (podSelector !== '' && !parseLabelSelector(podSelector).ok)
      throw new CommandError('error: --pod-selector=<pod_selector> must be a valid label selector');
    if ('kind' in nodes) {
      console.fail(faultText(nodes));
      return;
    }
    for (const node of nodes) markNode(invocation, node, true);
    drainNodes(invocation, nodes);
  },
};

function drainNodes(invocation: Invocation, nodes: readonly VisitedObject[]): void {
  const { console, flags } = invocation;
  const failed: { readonly name: string; readonly words: string }[] = [];
  for (const node of nodes) {
    const problem = drainNode(invocation, node.name);
    if (!problem) {
      new ResultPrinter(invocation, 'typed').print(node.object, `drained${dryRunNote(dryRunOf(flags))}`);
      continue;
    }
    console.note(
      `error: unable to drain node "${node.name}" due to error: ${bareText(problem)}, continuing command...`,
    );
    // An aggregate inside of the one that ends the command: no "error: " stands before its parts.
    const parts = problem.kind === 'several' && nodes.length === 1 ? problem.faults : [problem];
    failed.push({ name: node.name, words: parts.map(bareText).join('\n') });
  }
  if (failed.length === 0) return;
  console.note('There are pending nodes to be drained:');
  for (const { name } of failed) console.note(` ${name}`);
  console.fail(failed.map(({ words }) => words).join('\n'));
}

/** deleteOrEvictPodsSimple. */
function drainNode(invocation: Invocation, name: string): Fault | undefined {
  const { console, flags } = invocation;
  const { pods, warnings, errors } = podsToLeave(invocation, name);
  if (errors.length > 0) return several(errors);
  if (warnings !== '') console.note(`Warning: ${warnings}`);
  if (dryRunOf(flags) === 'client') {
    for (const { metadata } of pods)
      console.print(`evicting pod ${metadata.namespace ?? ''}/${metadata.name} (dry run)`);
    return undefined;
  }
  if (pods.length === 0) return undefined;
  const problem = flags.isTrue('disable-eviction')
    ? deletePods(invocation, pods)
    : several(evictPods(invocation, pods));
  if (problem) tellPending(invocation, name, problem);
  return problem;
}

function tellPending(invocation: Invocation, name: string, problem: Fault): void {
  const { console } = invocation;
  const { pods, errors } = podsToLeave(invocation, name);
  if (pods.length > 0) {
    console.note(`There are pending pods in node "${name}" when an error occurred: ${bareText(problem)}`);
    for (const { metadata } of pods) console.note(`pod/${metadata.name}`);
  }
  const [first] = errors;
  if (first)
    console.stderr += `Following errors occurred while getting the list of pods to delete:\n${bareText(several(errors) ?? first)}`;
}
