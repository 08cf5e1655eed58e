import type { Toleration } from '@kubedrill/kube-model';
import { forbidden, invalid, notSupported, required } from '../../../validation/field-error.ts';
import { labelSelectorRule } from '../../../validation/label-selector.ts';
import type { Rule } from '../../../validation/rule.ts';
import { each, field, formatted, given, inOrder, nonEmpty, oneOf } from '../../../validation/rule.ts';
import { dns1123Label, dns1123Subdomain, labelValueFormat, qualifiedName } from '../../../validation/text-format.ts';
import { labelKeys } from './label-keys.ts';
import type {
  Affinity,
  NodeSelectorRequirement,
  NodeSelectorTerm,
  PodAffinity,
  PodAffinityTerm,
} from './pod-spec-shape.ts';

const labelName = formatted(qualifiedName);

/** What a toleration's operator allows as value; errors are reported at the operator, as in Kubernetes. */
const operatorAndValue: Rule<Toleration> = ({ operator, value = '' }, at, report) => {
  const place = at.child('operator');
  const messages = labelValueFormat(value);
  switch (operator) {
    case undefined:
    case 'Equal':
      if (messages.length > 0) report.push(invalid(place, value, messages.join(';')));
      return;
    case 'Exists':
      if (value !== '') report.push(invalid(place, value, "value must be empty when `operator` is 'Exists'"));
      return;
    default:
      report.push(
        notSupported(
          place,
          operator,
          comparisons.has(operator) ? ['Equal', 'Exists', 'Lt', 'Gt'] : ['Equal', 'Exists'],
        ),
      );
  }
};

/** Known to Kubernetes, but only with the feature TaintTolerationComparisonOperators, which is off. */
const comparisons = new Set<string>(['Lt', 'Gt']);

const toleration = inOrder<Toleration>(
  field('key', nonEmpty(labelName)),
  ({ key, operator = '', effect = '', tolerationSeconds }, at, report) => {
    if (!key && operator !== 'Exists') {
      const words = 'operator must be Exists when `key` is empty, which means "match all values and all keys"';
      report.push(invalid(at.child('operator'), operator, words));
    }
    if (tolerationSeconds !== undefined && effect !== 'NoExecute') {
      report.push(invalid(at.child('effect'), effect, "effect must be 'NoExecute' when `tolerationSeconds` is set"));
    }
  },
  operatorAndValue,
  field('effect', nonEmpty(oneOf(['NoSchedule', 'PreferNoSchedule', 'NoExecute']))),
);

export const tolerations: Rule<readonly Toleration[] | undefined> = each(toleration);

/** ValidateNodeSelectorRequirement. Values that no label can have are taken where nodes are only preferred. */
function matchExpression(strictValues: boolean): Rule<NodeSelectorRequirement> {
  return ({ key, operator, values = [] }, at, report) => {
    const place = at.child('values');
    if (operator === 'In' || operator === 'NotIn') {
      if (values.length === 0) report.push(required(place, "must be specified when `operator` is 'In' or 'NotIn'"));
    } else if (operator === 'Exists' || operator === 'DoesNotExist') {
      if (values.length > 0)
        report.push(forbidden(place, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"));
    } else if (operator === 'Gt' || operator === 'Lt') {
      if (values.length !== 1)
        report.push(required(place, "must be specified single value when `operator` is 'Lt' or 'Gt'"));
    } else report.push(invalid(at.child('operator'), operator, 'not a valid selector operator'));
    labelName(key, at.child('key'), report);
    if (strictValues) each(formatted(labelValueFormat))(values, place, report);
  };
}

/** ValidateNodeFieldSelectorRequirement: nodes are only known by their name. */
const matchField: Rule<NodeSelectorRequirement> = ({ key, operator, values = [] }, at, report) => {
  if (operator !== 'In' && operator !== 'NotIn')
    report.push(invalid(at.child('operator'), operator, 'not a valid selector operator'));
  else if (values.length !== 1) {
    report.push(
      required(at.child('values'), "must be only one value when `operator` is 'In' or 'NotIn' for node field selector"),
    );
  }
  if (key === 'metadata.name') each(formatted(dns1123Subdomain))(values, at.child('values'), report);
  else report.push(invalid(at.child('key'), key, 'not a valid field selector key'));
};

function nodeSelectorTerm(strictValues: boolean): Rule<NodeSelectorTerm> {
  return inOrder(
    field('matchExpressions', each(matchExpression(strictValues))),
    field('matchFields', each(matchField)),
  );
}

/** ValidateNodeSelector. */
export const requiredNodes: Rule<{ readonly nodeSelectorTerms: readonly NodeSelectorTerm[] | null }> = (
  { nodeSelectorTerms },
  at,
  report,
) => {
  const place = at.child('nodeSelectorTerms');
  if (!nodeSelectorTerms || nodeSelectorTerms.length === 0)
    report.push(required(place, 'must have at least one node selector term'));
  else each(nodeSelectorTerm(true))(nodeSelectorTerms, place, report);
};

const weight: Rule<number> = (value, at, report) => {
  if (value < 1 || value > 100) report.push(invalid(at, value, 'must be in the range 1-100'));
};

const nodeAffinity = inOrder<NonNullable<Affinity['nodeAffinity']>>(
  field('requiredDuringSchedulingIgnoredDuringExecution', given(requiredNodes)),
  field(
    'preferredDuringSchedulingIgnoredDuringExecution',
    each(
      inOrder<{ readonly weight: number; readonly preference: NodeSelectorTerm }>(
        field('weight', weight),
        field('preference', nodeSelectorTerm(false)),
      ),
    ),
  ),
);

const podAffinityTerm = inOrder<PodAffinityTerm>(
  field('labelSelector', labelSelectorRule),
  field('namespaceSelector', labelSelectorRule),
  ({ namespaces }, at, report) => {
    for (const namespace of namespaces ?? []) formatted(dns1123Label)(namespace, at.child('namespace'), report);
  },
  labelKeys,
  field('topologyKey', (key, at, report) => {
    if (key === '') report.push(required(at, 'can not be empty'));
    labelName(key, at, report);
  }),
);

const podAffinity = inOrder<PodAffinity>(
  field('requiredDuringSchedulingIgnoredDuringExecution', each(podAffinityTerm)),
  field(
    'preferredDuringSchedulingIgnoredDuringExecution',
    each(
      inOrder<{ readonly weight: number; readonly podAffinityTerm: PodAffinityTerm }>(
        field('weight', weight),
        field('podAffinityTerm', podAffinityTerm),
      ),
    ),
  ),
);

export const affinity: Rule<Affinity | undefined> = given(
  inOrder<Affinity>(
    field('nodeAffinity', given(nodeAffinity)),
    field('podAffinity', given(podAffinity)),
    field('podAntiAffinity', given(podAffinity)),
  ),
);
