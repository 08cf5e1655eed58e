import type { KubeObject } from '@kubedrill/kube-model';
import { description } from '../describers/describers.ts';
import { ObjectReader, RefusedRead } from '../describers/object-reader.ts';
import { bareText, faultText, isNotFound, refusal, several, type Fault } from '../fault.ts';
import type { Invocation, KubectlCommand } from '../invocation.ts';
import { CommandError } from '../invocation.ts';
import { describeServed } from './describe-served.ts';
import { servedSelection } from './get/served-objects.ts';
import { filenameFlags, hasFiles } from '../manifest-files.ts';
import { fetchObject, findVisits, visitAll, type VisitedObject, type VisitOptions } from '../resource-visit.ts';

/** kubectl/pkg/cmd/describe/describe.go. */
export const describe: KubectlCommand = {
  name: 'describe',
  flags: {
    ...filenameFlags,
    selector: { short: 'l', value: 'required' },
    'all-namespaces': { short: 'A', value: 'none' },
    'show-events': { value: 'none' },
    'chunk-size': { value: 'required', type: 'int64' },
  },
  run(invocation) {
    const { console, flags, namespace, operands } = invocation;
    if (operands.length === 0 && !hasFiles(invocation))
      throw new CommandError(
        'error: You must specify the type of resource to describe. Use "kubectl api-resources" for a complete list of supported resources.',
      );
    const served = hasFiles(invocation) ? undefined : servedSelection(invocation);
    if (served) return describeServed(invocation, served);
    const allNamespaces = flags.isTrue('all-namespaces');
    const options = { labelSelector: flags.text('selector'), allNamespaces, allowsEmptySelector: true };
    const { targets, problem } = gather(invocation, options);
    const showsEvents = flags.has('show-events') ? flags.isTrue('show-events') : !problem && targets.length <= 1;
    const [type = '', prefix = ''] = operands;
    if (problem && isNotFound(problem) && operands.length === 2)
      return describeMatching(invocation, type, prefix, problem, showsEvents);
    const faults = describeEach(invocation, targets, showsEvents);
    const met = several(problem ? [problem, ...faults] : faults);
    if (met) console.fail(faultText(met));
    else if (targets.length === 0)
      console.note(allNamespaces ? 'No resources found' : `No resources found in ${namespace} namespace.`);
  },
};

interface Gathered {
  readonly targets: readonly VisitedObject[];
  readonly problem: Fault | undefined;
}

function gather(invocation: Invocation, options: VisitOptions): Gathered {
  const targets: VisitedObject[] = [];
  const problem = visitAll(invocation, findVisits(invocation, options), options, (target) => {
    targets.push(target);
    return undefined;
  });
  return { targets, problem };
}

/** Each fault once. */
function describeEach(
  invocation: Invocation,
  targets: readonly VisitedObject[],
  showsEvents: boolean,
): readonly Fault[] {
  const { console } = invocation;
  const faults = new Map<string, Fault>();
  let isFirst = true;
  for (const target of targets) {
    const text = described(invocation, target, showsEvents);
    if (typeof text !== 'string') {
      if (!faults.has(bareText(text))) faults.set(bareText(text), text);
      continue;
    }
    console.stdout += isFirst ? text : `\n\n${text}`;
    isFirst = false;
  }
  return [...faults.values()];
}

function described(invocation: Invocation, target: VisitedObject, showsEvents: boolean): string | Fault {
  const { cluster } = invocation;
  const fetched = fetchObject(invocation, target);
  if ('kind' in fetched) return fetched;
  const object = fetched.object as unknown as KubeObject;
  try {
    return description(object, { reader: new ObjectReader(cluster), now: cluster.clock.now(), showsEvents });
  } catch (error) {
    if (error instanceof RefusedRead) return refusal(error.status);
    throw error;
  }
}

/** DescribeMatchingResources: a name that nothing has may be how names begin. */
function describeMatching(
  invocation: Invocation,
  type: string,
  prefix: string,
  missing: Fault,
  showsEvents: boolean,
): void {
  const { console } = invocation;
  if (type.includes(',')) throw new CommandError('error: you may only specify a single resource type');
  const { targets, problem } = gather(invocation, { words: [type], allowsEmptySelector: true });
  const matching = targets.filter(({ name }) => name.startsWith(prefix));
  for (const target of problem ? [] : matching) {
    const text = described(invocation, target, showsEvents);
    if (typeof text !== 'string') return console.fail(faultText(text));
    console.print(text);
  }
  if (problem) console.fail(faultText(problem));
  else if (matching.length === 0) console.fail(faultText(missing));
}
