import type { PodDisruptionBudget } from '@kubedrill/kube-model';
import { condition, labelSelector, objectMeta } from '../../schema/object-meta.ts';
import {
  always,
  int32,
  int64,
  intOrString,
  list,
  map,
  named,
  object,
  pointer,
  string,
  time,
} from '../../schema/schema.ts';
import { numberOrPercent, atMostAll } from '../../validation/int-or-percent.ts';
import type { FieldError } from '../../validation/field-error.ts';
import { invalid, notSupported } from '../../validation/field-error.ts';
import { goStruct } from '../../validation/go-quote.ts';
import { semanticallyEqual } from '../../validation/immutable.ts';
import { labelSelectorRule, shownSelector } from '../../validation/label-selector.ts';
import { specPath, statusPath } from '../../validation/path.ts';
import { given, inOrder, nonNegative } from '../../validation/rule.ts';
import { pathSegment, validateCommonMetadata } from '../../validation/metadata.ts';
import type { KindDefinition } from '../kind-definition.ts';
import { metadataOfSubresource } from '../status-metadata.ts';

type Spec = PodDisruptionBudget['spec'];

/** policy/v1 PodDisruptionBudget: pkg/registry/policy/poddisruptionbudget. */
export const podDisruptionBudgetDefinition: KindDefinition<'PodDisruptionBudget'> = {
  kind: 'PodDisruptionBudget',
  schema: object('PodDisruptionBudget', {
    metadata: objectMeta,
    spec: always(
      object('PodDisruptionBudgetSpec', {
        minAvailable: pointer(intOrString),
        selector: { ...labelSelector, replaced: true },
        maxUnavailable: pointer(intOrString),
        unhealthyPodEvictionPolicy: pointer(named('v1.UnhealthyPodEvictionPolicyType', string)),
      }),
    ),
    status: always(
      object('PodDisruptionBudgetStatus', {
        observedGeneration: int64,
        disruptedPods: map(time),
        disruptionsAllowed: always(int32),
        currentHealthy: always(int32),
        desiredHealthy: always(int32),
        expectedPods: always(int32),
        conditions: list(condition, { patchMergeKey: 'type', listType: { kind: 'map', keys: ['type'] } }),
      }),
    ),
  }),
  defaults: (budget) => budget,
  strategy: {
    allowCreateOnUpdate: false,
    allowUnconditionalUpdate: false,
    prepareForCreate: (budget) => ({ ...withGeneration(budget, 1), status: noStatus }),
    prepareForUpdate: (budget, old) => {
      const kept = { ...budget, status: old.status };
      return semanticallyEqual(budget.spec, old.spec) ? kept : withGeneration(kept, (old.metadata.generation ?? 0) + 1);
    },
    validateCreate({ metadata, spec }) {
      const report: FieldError[] = [];
      validateSpec(spec, report);
      validateCommonMetadata(metadata, true, pathSegment, report);
      return report;
    },
    validateUpdate({ spec }) {
      const report: FieldError[] = [];
      validateSpec(spec, report);
      return report;
    },
  },
  status: {
    prepareForUpdate: ({ metadata, status }, old) => ({
      ...old,
      metadata: metadataOfSubresource(metadata, old.metadata),
      status,
    }),
    validateUpdate({ status }) {
      const report: FieldError[] = [];
      for (const field of ['disruptionsAllowed', 'currentHealthy', 'desiredHealthy', 'expectedPods'] as const)
        nonNegative(status[field], statusPath.child(field), report);
      return report;
    },
  },
};

const noStatus: PodDisruptionBudget['status'] = {
  disruptionsAllowed: 0,
  currentHealthy: 0,
  desiredHealthy: 0,
  expectedPods: 0,
};

function withGeneration(budget: PodDisruptionBudget, generation: number): PodDisruptionBudget {
  return { ...budget, metadata: { ...budget.metadata, generation } };
}

const amount = given(inOrder(numberOrPercent, atMostAll));
const policies = ['AlwaysAllow', 'IfHealthyBudget'];

/** ValidatePodDisruptionBudgetSpec of pkg/apis/policy/validation. */
function validateSpec(spec: Spec, report: FieldError[]): void {
  const { minAvailable, maxUnavailable, selector, unhealthyPodEvictionPolicy: policy } = spec;
  if (minAvailable !== undefined && maxUnavailable !== undefined)
    report.push(invalid(specPath, shownSpec(spec), 'minAvailable and maxUnavailable cannot be both set'));
  amount(minAvailable, specPath.child('minAvailable'), report);
  amount(maxUnavailable, specPath.child('maxUnavailable'), report);
  labelSelectorRule(selector, specPath.child('selector'), report);
  if (policy !== undefined && !policies.includes(policy))
    report.push(notSupported(specPath.child('unhealthyPodEvictionPolicy'), policy, policies));
}

/** In its internal form. */
function shownSpec({
  minAvailable,
  maxUnavailable,
  selector,
  unhealthyPodEvictionPolicy,
}: Spec): ReturnType<typeof goStruct> {
  return goStruct({
    MinAvailable: minAvailable,
    Selector: selector ? shownSelector(selector) : null,
    MaxUnavailable: maxUnavailable,
    UnhealthyPodEvictionPolicy: unhealthyPodEvictionPolicy ?? null,
  });
}
