import { duplicate, invalid, required } from '../../../validation/field-error.ts';
import { labelSelectorRule } from '../../../validation/label-selector.ts';
import type { Rule } from '../../../validation/rule.ts';
import { field, given, inOrder, oneOf } from '../../../validation/rule.ts';
import { labelKeys } from './label-keys.ts';
import type { TopologySpreadConstraint } from './pod-spec-shape.ts';

const positive: Rule<number> = (value, at, report) => {
  if (value <= 0) report.push(invalid(at, value, 'must be greater than zero'));
};

const inclusion = given(oneOf(['Honor', 'Ignore']));

const kindOfConstraint = inOrder<TopologySpreadConstraint>(
  field('maxSkew', positive),
  field('topologyKey', (key, at, report) => {
    if (key === '') report.push(required(at, 'can not be empty'));
  }),
  field('whenUnsatisfiable', oneOf(['DoNotSchedule', 'ScheduleAnyway'])),
);

const details = inOrder<TopologySpreadConstraint>(
  ({ minDomains, whenUnsatisfiable }, at, report) => {
    if (minDomains === undefined) return;
    const place = at.child('minDomains');
    positive(minDomains, place, report);
    if (whenUnsatisfiable === 'DoNotSchedule') return;
    report.push(
      invalid(
        place,
        minDomains,
        `can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${whenUnsatisfiable}`,
      ),
    );
  },
  field('nodeAffinityPolicy', inclusion),
  field('nodeTaintsPolicy', inclusion),
  labelKeys,
  field('labelSelector', labelSelectorRule),
);

/** validateTopologySpreadConstraints: one constraint for a topology and an action; the earlier of two is reported. */
export const topologySpread: Rule<readonly TopologySpreadConstraint[] | undefined> = (constraints, at, report) => {
  if (!constraints) return;
  for (const [index, constraint] of constraints.entries()) {
    const place = at.index(index);
    const { topologyKey, whenUnsatisfiable } = constraint;
    kindOfConstraint(constraint, place, report);
    const repeated = constraints
      .slice(index + 1)
      .some((other) => other.topologyKey === topologyKey && other.whenUnsatisfiable === whenUnsatisfiable);
    if (repeated)
      report.push(duplicate(place.child('{topologyKey, whenUnsatisfiable}'), `{${topologyKey}, ${whenUnsatisfiable}}`));
    details(constraint, place, report);
  }
};
