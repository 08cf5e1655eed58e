import { parseLabelSelector, type LabelRequirement } from '@kubedrill/cluster-sim';
import type { JsonObject, StringMap } from '@kubedrill/kube-model';
import { isJsonObject } from '@kubedrill/kube-model';
import { dryRunNote } from '../../dry-run.ts';
import type { Fault } from '../../fault.ts';
import { fault, faultText } from '../../fault.ts';
import type { Invocation, KubectlCommand } from '../../invocation.ts';
import { CommandError } from '../../invocation.ts';
import { differenceTo, isFault, sendPatch } from '../../object-patch.ts';
import { findVisits, visitAll, type VisitedObject } from '../../resource-visit.ts';
import { recordFlag } from '../../record-flag.ts';
import { setFlags, setPlace, type SetPlace } from './set-objects.ts';

/** kubectl/pkg/cmd/set/set_selector.go. */
export const setSelector: KubectlCommand = {
  name: 'set selector',
  flags: { ...setFlags, ...recordFlag, 'resource-version': { value: 'required' } },
  run(invocation) {
    const { flags, operands } = invocation;
    const place = setPlace(invocation);
    const text = operands.at(-1);
    if (text === undefined) throw new CommandError('error: one selector is required');
    const selector = readSelector(text);
    const options = {
      words: operands.slice(0, -1),
      allowsEmptySelector: flags.isTrue('all'),
      isLocal: place.isLocal,
      latest: true,
    };
    const problem = visitAll(invocation, findVisits(invocation, options), options, (target) =>
      setOne(invocation, target, selector, place),
    );
    if (problem) invocation.console.fail(faultText(problem));
  },
};

interface ReadSelector {
  readonly labels: StringMap;
  readonly expressions: readonly LabelRequirement[];
}

/** metav1.ParseToLabelSelector: "key in (value)" is an expression, "key=value" is none. */
function readSelector(text: string): ReadSelector {
  const parsed = parseLabelSelector(text);
  if (!parsed.ok) throw new CommandError(`error: couldn't parse the selector string "${text}": ${parsed.message}`);
  if (text.includes('!=')) throw new CommandError('error: "!=" is not a valid label selector operator');
  const unfit = parsed.requirements.find(({ operator }) => operator === 'greater' || operator === 'less');
  if (unfit)
    throw new CommandError(`error: "${unfit.operator === 'greater' ? 'gt' : 'lt'}" isn't supported in label selectors`);
  const isExpression = ({ key, operator }: LabelRequirement): boolean =>
    operator !== 'in' || text.split(',').some((part) => /^(.*)\s+in\s*\(/.exec(part.trim())?.[1]?.trim() === key);
  const labels = parsed.requirements.filter((requirement) => !isExpression(requirement));
  return {
    labels: Object.fromEntries(labels.map(({ key, values }) => [key, values[0] ?? ''])),
    expressions: parsed.requirements.filter(isExpression),
  };
}

function setOne(
  invocation: Invocation,
  target: VisitedObject,
  { labels, expressions }: ReadSelector,
  { dryRun, isLocal, printer, fieldManager }: SetPlace,
): Fault | undefined {
  if (target.resource.kind !== 'Service') return fault('setting a selector is only supported for Services');
  if (expressions.length > 0)
    return fault(`match expression [${expressions.map(expressionText).join(' ')}] not supported on this object`);
  const version = invocation.flags.text('resource-version');
  const { object } = target;
  const spec = isJsonObject(object.spec) ? object.spec : {};
  const changed: JsonObject = { ...object, spec: { ...spec, selector: labels } };
  const words = `selector updated${dryRunNote(dryRun)}`;
  if (isLocal || dryRun === 'client') {
    printer.print(changed, words);
    return undefined;
  }
  const patch = differenceTo(invocation, target, changed);
  if (isFault(patch)) return patch;
  const body = version === '' ? patch : { ...patch, metadata: { resourceVersion: version } };
  const patched = sendPatch(invocation, target, body, { fieldManager, isDryRun: dryRun === 'server' });
  if (isFault(patched)) return patched;
  printer.print(patched, words);
  return undefined;
}

const expressionOperators = {
  in: 'In',
  notin: 'NotIn',
  exists: 'Exists',
  absent: 'DoesNotExist',
  greater: 'Gt',
  less: 'Lt',
};

function expressionText({ key, operator, values }: LabelRequirement): string {
  return `{${key} ${expressionOperators[operator]} [${values.join(' ')}]}`;
}
