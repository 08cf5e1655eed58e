import type { Cluster, ExecTarget } from '@kubedrill/cluster-sim';
import { manifest, requestsFor, type SchemaSource } from './api-requests.ts';
import { shellCommand, workstationScript } from './command-lines.ts';
import type { Draw } from './draw.ts';
import { manifestText, mutatedText } from './manifest-text.ts';
import { networkQuestion } from './network-questions.ts';
import type { Step } from './step.ts';

/** What somebody does with one manifest, be it broken or not. */
export function manifestSteps(draw: Draw, schemas: SchemaSource): readonly Step[] {
  const made = manifest(draw, schemas, 25);
  const { body } = made;
  const way = draw.between(0, 9);
  if (way < 6) return requestsFor(draw, made);
  if (way < 8) {
    const text = manifestText(body, draw.between(0, 8));
    return [{ do: 'apply', text: draw.percent(50) ? mutatedText(draw, text, draw.between(1, 3)) : text }];
  }
  return [{ do: 'workstation', script: workstationScript(draw, body) }];
}

/** What somebody does between manifests: waits, looks, asks. Depends on what there is, so that it meets what was made. */
export function idleStep(draw: Draw, cluster: Cluster): Step {
  const choice = draw.between(0, 9);
  if (choice < 3) return { do: 'settle' };
  if (choice < 4) return { do: 'advance', milliseconds: draw.pick([0, 1, 500, 40_000, 700_000]) };
  if (choice < 7) return networkQuestion(draw, cluster);
  return { do: 'exec', target: execTarget(draw, cluster), argv: shellCommand(draw) };
}

function execTarget(draw: Draw, { view }: Cluster): ExecTarget {
  const pods = view.list('Pod', 'default').map(({ metadata }) => metadata.name);
  const pod = draw.pick(['client', 'box', 'web-0', ...pods, 'nobody']);
  return { namespace: 'default', pod, ...draw.maybe(10, () => ({ container: draw.pick(['c0', 'c1', 'init', '']) })) };
}
