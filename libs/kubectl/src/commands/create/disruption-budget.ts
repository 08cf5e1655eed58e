import { parseLabelSelector, type LabelRequirement } from '@kubedrill/cluster-sim';
import type { JsonObject } from '@kubedrill/kube-model';
import { resources } from '@kubedrill/kube-model';
import { creationFlags, requiredName, sendCreated } from '../../created-object.ts';
import type { Flags } from '../../flags.ts';
import type { KubectlCommand } from '../../invocation.ts';
import { CommandError } from '../../invocation.ts';

/** pkg/cmd/create/create_pdb.go. */
export const createPodDisruptionBudget: KubectlCommand = {
  name: 'create poddisruptionbudget',
  aliases: ['create pdb'],
  flags: {
    ...creationFlags,
    'max-unavailable': { value: 'required' },
    'min-available': { value: 'required' },
    selector: { value: 'required' },
  },
  run(invocation) {
    const { flags } = invocation;
    const name = requiredName(invocation, 'create poddisruptionbudget');
    const bound = boundOf(flags);
    const spec = { ...bound, selector: selectorOf(flags.text('selector')) };
    const content = {
      metadata: { name },
      spec,
      status: { currentHealthy: 0, desiredHealthy: 0, disruptionsAllowed: 0, expectedPods: 0 },
    };
    sendCreated(invocation, resources.PodDisruptionBudget, content, {
      done: 'created',
      fieldManager: 'kubectl-create',
      failure: 'failed to create poddisruptionbudgets: ',
    });
  },
};

function boundOf(flags: Flags): JsonObject {
  const [least, most] = [flags.text('min-available'), flags.text('max-unavailable')];
  if (flags.text('selector') === '') throw new CommandError('error: a selector must be specified');
  if (least === '' && most === '')
    throw new CommandError('error: one of min-available or max-unavailable must be specified');
  if (least !== '' && most !== '')
    throw new CommandError('error: min-available and max-unavailable cannot be both specified');
  const form = /^[0-9]+%?$/;
  if (!form.test(least === '' ? most : least))
    throw new CommandError(`error: invalid format specified for ${least === '' ? 'max-unavailable' : 'min-available'}`);
  return least === '' ? { maxUnavailable: numberOrText(most) } : { minAvailable: numberOrText(least) };
}

/** intstr.Parse. */
function numberOrText(text: string): number | string {
  return /^\d+$/.test(text) ? Number(text) : text;
}

/** metav1.ParseToLabelSelector. */
function selectorOf(text: string): JsonObject {
  const parsed = parseLabelSelector(text);
  if (!parsed.ok) throw new CommandError(`error: couldn't parse the selector string "${text}": ${parsed.message}`);
  const matchLabels: Record<string, string> = {};
  const matchExpressions: JsonObject[] = [];
  const words = text.replace(/\s+/g, ' ');
  for (const { key, operator, values } of parsed.requirements) {
    const [first] = values;
    if (operator === 'in' && first !== undefined && !words.includes(`${key} in `)) matchLabels[key] = first;
    else
      matchExpressions.push({ key, operator: expressionOperator(operator), ...(values.length > 0 ? { values } : {}) });
  }
  return {
    ...(matchExpressions.length > 0 ? { matchExpressions } : {}),
    ...(Object.keys(matchLabels).length > 0 ? { matchLabels } : {}),
  };
}

function expressionOperator(operator: LabelRequirement['operator']): string {
  switch (operator) {
    case 'in':
      return 'In';
    case 'notin':
      return 'NotIn';
    case 'exists':
      return 'Exists';
    case 'absent':
      return 'DoesNotExist';
    case 'greater':
    case 'less':
      throw new CommandError(`error: "${operator === 'greater' ? 'gt' : 'lt'}" isn't supported in label selectors`);
  }
}
