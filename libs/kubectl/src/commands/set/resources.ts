import { parseQuantity } from '@kubedrill/cluster-sim';
import type { Container, StringMap } from '@kubedrill/kube-model';
import type { Fault } from '../../fault.ts';
import { fault } from '../../fault.ts';
import type { KubectlCommand } from '../../invocation.ts';
import { CommandError } from '../../invocation.ts';
import { meantContainers, nameMatcher, withContainers, withPodSpec } from './pod-spec.ts';
import { recordFlag } from '../../record-flag.ts';
import { localOnServer, selectedTwice, setFlags, setObjects, setPlace, targetsOf } from './set-objects.ts';

/** kubectl/pkg/cmd/set/set_resources.go. */
export const setResources: KubectlCommand = {
  name: 'set resources',
  flags: {
    ...setFlags,
    ...recordFlag,
    containers: { short: 'c', value: 'required' },
    limits: { value: 'required' },
    requests: { value: 'required' },
    selector: { short: 'l', value: 'required' },
  },
  run(invocation) {
    const { flags, operands } = invocation;
    const place = setPlace(invocation);
    const targets = targetsOf(invocation, operands, place);
    if (place.isLocal && place.dryRun === 'server') throw new CommandError(`error: ${localOnServer}`);
    if (flags.isTrue('all') && flags.text('selector') !== '') throw new CommandError(`error: ${selectedTwice}`);
    const [limitsText, requestsText] = [flags.text('limits'), flags.text('requests')];
    if (limitsText === '' && requestsText === '')
      throw new CommandError(
        'error: you must specify an update to requests or limits (in the form of --requests/--limits)',
      );
    const [limits, requests] = [amountsOf(limitsText), amountsOf(requestsText)];
    const pattern = flags.has('containers') ? flags.text('containers') : '*';
    const isMeant = nameMatcher(pattern);
    const missing: Fault[] = [];
    const changed = targets.map((target) => {
      let isFound = true;
      const object = withPodSpec(target, (spec) => {
        isFound = meantContainers(spec, isMeant).length > 0;
        if (!isFound) missing.push(fault(`error: unable to find container named ${pattern}`));
        return withContainers(spec, isMeant, (container) => withAmounts(container, { limits, requests }));
      });
      return { target, object: isFound ? object : undefined };
    });
    setObjects(
      invocation,
      targets,
      place,
      {
        change: (target) => changed.find((one) => one.target === target)?.object,
        done: 'resource requirements updated',
        failure: 'failed to patch resources update to pod template ',
      },
      missing,
    );
  },
};

interface NewAmounts {
  readonly limits: StringMap;
  readonly requests: StringMap;
}

function withAmounts(container: Container, { limits, requests }: NewAmounts): Container {
  const { resources = {} } = container;
  return {
    ...container,
    resources: {
      ...resources,
      ...(Object.keys(limits).length > 0 ? { limits: { ...resources.limits, ...limits } } : {}),
      ...(Object.keys(requests).length > 0 ? { requests: { ...resources.requests, ...requests } } : {}),
    },
  };
}

/** kubectl/pkg/generate/versioned/run.go populateResourceListV1: "cpu=100m,memory=64Mi". */
function amountsOf(text: string): StringMap {
  if (text === '') return {};
  const amounts = text.split(',').map((statement): [string, string] => {
    const [name = '', amount = '', ...more] = statement.split('=');
    if (!statement.includes('=') || more.length > 0)
      throw new CommandError(`error: Invalid argument syntax ${statement}, expected <resource>=<value>`);
    const parsed = parseQuantity(amount);
    if (!parsed.ok) throw new CommandError(`error: ${parsed.message}`);
    return [name, parsed.quantity.text];
  });
  return Object.fromEntries(amounts);
}
