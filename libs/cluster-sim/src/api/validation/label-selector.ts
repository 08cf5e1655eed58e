import type { LabelSelector, LabelSelectorRequirement } from '@kubedrill/kube-model';
import type { FieldError } from './field-error.ts';
import { forbidden, invalid, required } from './field-error.ts';
import { goStruct, type GoValue } from './go-quote.ts';
import { semanticallyEqual } from './immutable.ts';
import { labels } from './metadata.ts';
import type { Path } from './path.ts';
import { each, field, formatted, given, inOrder, type Rule } from './rule.ts';
import { labelValueFormat, qualifiedName } from './text-format.ts';

/** apimachinery/pkg/apis/meta/v1/validation ValidateLabelSelector. */
export const labelSelectorRule: Rule<LabelSelector | undefined> = given(
  inOrder<LabelSelector>(
    field('matchLabels', labels),
    field(
      'matchExpressions',
      each(
        inOrder<LabelSelectorRequirement>(
          operatorSuitsValues,
          field('key', formatted(qualifiedName)),
          field('values', each(formatted(labelValueFormat))),
        ),
      ),
    ),
  ),
);

function operatorSuitsValues(...[requirement, at, report]: Parameters<Rule<LabelSelectorRequirement>>): void {
  const count = requirement.values?.length ?? 0;
  switch (requirement.operator) {
    case 'In':
    case 'NotIn':
      if (count === 0)
        report.push(required(at.child('values'), "must be specified when `operator` is 'In' or 'NotIn'"));
      return;
    case 'Exists':
    case 'DoesNotExist':
      if (count > 0)
        report.push(
          forbidden(at.child('values'), "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"),
        );
      return;
    default:
      report.push(invalid(at.child('operator'), requirement.operator, 'not a valid selector operator'));
  }
}

/** As errors show it: with its fields in Go's order. */
/** The one type of metav1 that errors show: as on the wire, so that what is empty is left out. */
export function shownSelector({ matchLabels, matchExpressions }: LabelSelector): GoValue {
  const expressions = matchExpressions?.map(({ key, operator, values }) => ({
    key,
    operator,
    ...(values?.length ? { values } : {}),
  }));
  return goStruct({
    matchLabels: matchLabels && Object.keys(matchLabels).length > 0 ? matchLabels : undefined,
    matchExpressions: expressions?.length ? expressions : undefined,
  });
}

export function immutableSelector(
  selector: LabelSelector | undefined,
  old: LabelSelector | undefined,
  at: Path,
  report: FieldError[],
): void {
  if (!semanticallyEqual(selector, old))
    report.push(invalid(at, selector && shownSelector(selector), 'field is immutable'));
}
