import { dryRunFlag } from '../dry-run.ts';
import { faultText } from '../fault.ts';
import type { KubectlCommand } from '../invocation.ts';
import { chosenNodes, markNode } from './marked-nodes.ts';

/** kubectl/pkg/cmd/drain/drain.go RunCordonOrUncordon. */
export const cordon: KubectlCommand = marking('cordon', true);
export const uncordon: KubectlCommand = marking('uncordon', false);

function marking(name: 'cordon' | 'uncordon', isCordoned: boolean): KubectlCommand {
  return {
    name,
    flags: { 'dry-run': dryRunFlag, selector: { short: 'l', value: 'required' } },
    run(invocation) {
      const nodes = chosenNodes(invocation, name);
      if ('kind' in nodes) invocation.console.fail(faultText(nodes));
      else for (const node of nodes) markNode(invocation, node, isCordoned);
    },
  };
}
