import type { PodTemplateSpec, StatefulSet, Volume } from '@kubedrill/kube-model';
import type { FieldError } from '../../validation/field-error.ts';
import { forbidden, invalid, required } from '../../validation/field-error.ts';
import { semanticallyEqual } from '../../validation/immutable.ts';
import { amountOf, atMostAll, numberOrPercent } from '../../validation/int-or-percent.ts';
import { labelSelectorRule, shownSelector } from '../../validation/label-selector.ts';
import { annotations, labels, validateMetadata, validateMetadataUpdate } from '../../validation/metadata.ts';
import type { Path } from '../../validation/path.ts';
import { specPath } from '../../validation/path.ts';
import type { Rule } from '../../validation/rule.ts';
import { each, field, formatted, given, inOrder, nonEmpty, nonNegative, oneOf } from '../../validation/rule.ts';
import { dns1123Label } from '../../validation/text-format.ts';
import { podAnnotations } from '../pod-template/validation/pod-annotations.ts';
import {
  endlessPods,
  hasRequirements,
  selectedLabels,
  validatePodTemplate,
} from '../pod-template/validation/pod-template.ts';
import { claimSpec } from '../pod-template/validation/volume-claim.ts';
import { goStruct, type GoValue } from '../../validation/go-quote.ts';

type Spec = StatefulSet['spec'];
type UpdateStrategy = Spec['updateStrategy'];

const podManagementPolicy: Rule<string> = (policy, at, report) => {
  if (policy !== 'OrderedReady' && policy !== 'Parallel')
    report.push(invalid(at, policy, "must be 'OrderedReady' or 'Parallel'"));
};

const rollingUpdate = inOrder<NonNullable<UpdateStrategy['rollingUpdate']>>(
  field('partition', nonNegative),
  field(
    'maxUnavailable',
    given((amount, at, report) => {
      numberOrPercent(amount, at, report);
      if (amountOf(amount) === 0) report.push(invalid(at, amount, 'cannot be 0'));
      atMostAll(amount, at, report);
    }),
  ),
);

const updateStrategy: Rule<UpdateStrategy> = (strategy, at, report) => {
  const place = at.child('rollingUpdate');
  switch (strategy.type) {
    case 'OnDelete':
      if (strategy.rollingUpdate)
        report.push(
          invalid(place, shownRollingUpdate(strategy.rollingUpdate), "only allowed for updateStrategy 'RollingUpdate'"),
        );
      return;
    case 'RollingUpdate':
      if (strategy.rollingUpdate) rollingUpdate(strategy.rollingUpdate, place, report);
      return;
    default:
      report.push(invalid(at, shownStrategy(strategy), "must be 'RollingUpdate' or 'OnDelete'"));
  }
};

/** As Kubernetes keeps it inside. */
function shownRollingUpdate({ partition, maxUnavailable }: NonNullable<UpdateStrategy['rollingUpdate']>): GoValue {
  return goStruct({ Partition: partition ?? 0, MaxUnavailable: maxUnavailable ?? null });
}

function shownStrategy({
  type,
  rollingUpdate,
}: {
  readonly type: string;
  readonly rollingUpdate?: UpdateStrategy['rollingUpdate'];
}): GoValue {
  return goStruct({ Type: type, RollingUpdate: rollingUpdate ? shownRollingUpdate(rollingUpdate) : null });
}

const retention = given(oneOf(['Retain', 'Delete']));

/** ValidateStatefulSetSpec of pkg/apis/apps/validation/validation.go. `isNew`: what cannot change later is not looked at again. */
const spec = (isNew: boolean): Rule<Spec> =>
  inOrder<Spec>(
    field('podManagementPolicy', podManagementPolicy),
    field('updateStrategy', updateStrategy),
    field(
      'persistentVolumeClaimRetentionPolicy',
      given(inOrder(field('whenDeleted', retention), field('whenScaled', retention))),
    ),
    isNew ? field('volumeClaimTemplates', each(field('spec', claimSpec))) : nothing,
    field('replicas', nonNegative),
    field('minReadySeconds', given(nonNegative)),
    field('ordinals', given(field('start', nonNegative))),
    isNew ? field('serviceName', nonEmpty(formatted(dns1123Label))) : nothing,
    selectorAndTemplate,
    field('template', endlessPods('StatefulSet')),
  );

function nothing(): void {
  // Left out of an update.
}

function selectorAndTemplate(value: Spec, at: Path, report: FieldError[]): void {
  const { selector } = value as { readonly selector?: Spec['selector'] };
  const place = at.child('selector');
  const before = report.length;
  if (!selector) report.push(required(place));
  else {
    labelSelectorRule(selector, place, report);
    if (report.length > before) {
      report.push(invalid(place, shownSelector(selector), ''));
      return;
    }
    if (!hasRequirements(selector))
      report.push(invalid(place, shownSelector(selector), 'empty selector is invalid for statefulset'));
  }
  template(value, at.child('template'), report);
}

/** ValidatePodTemplateSpecForStatefulSet: looks at labels and annotations twice. */
function template(value: Spec, at: Path, report: FieldError[]): void {
  const { selector } = value as { readonly selector?: Spec['selector'] };
  const own = value.template.metadata;
  const selectsAll = selector !== undefined && !hasRequirements(selector);
  if (!selectsAll) selectedLabels(value.template, selector, at, report);
  const pods = podTemplate(value);
  validatePodTemplate(pods, at, report);
  labels(own?.labels, at.child('labels'), report);
  annotations(own?.annotations, at.child('annotations'), report);
  podAnnotations(own?.annotations, pods.spec, at.child('annotations'), report);
}

/** The controller gives each Pod its own host name, subdomain and volumes; what stands in their place is not checked. */
function podTemplate({ template, volumeClaimTemplates = [] }: Spec): PodTemplateSpec {
  const { hostname, subdomain, volumes, ...others } = template.spec;
  if (!hostname && !subdomain && volumeClaimTemplates.length === 0) return template;
  const claimedNames = new Set(volumeClaimTemplates.map(({ metadata: { name = '' } }) => name));
  const claimed = [...claimedNames].map((name): Volume => ({ name, persistentVolumeClaim: { claimName: name } }));
  const all = [...claimed, ...(volumes ?? []).filter(({ name }) => !claimedNames.has(name))];
  return { ...template, spec: all.length > 0 ? { ...others, volumes: all } : others };
}

const newSpec = spec(true);
const changedSpec = spec(false);

export function validateNewStatefulSet(statefulSet: StatefulSet): readonly FieldError[] {
  const report: FieldError[] = [];
  validateMetadata(statefulSet.metadata, true, dns1123Label, report);
  newSpec(statefulSet.spec, specPath, report);
  return report;
}

export function validateStatefulSetUpdate(statefulSet: StatefulSet, old: StatefulSet): readonly FieldError[] {
  const report: FieldError[] = [];
  validateMetadataUpdate(statefulSet.metadata, old.metadata, report);
  changedSpec(statefulSet.spec, specPath, report);
  if (!semanticallyEqual(fixedPart(statefulSet.spec), fixedPart(old.spec))) {
    report.push(
      forbidden(
        specPath,
        "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
      ),
    );
  }
  return report;
}

function fixedPart({ selector, serviceName, podManagementPolicy, volumeClaimTemplates }: Spec): unknown {
  return { selector, serviceName: serviceName ?? '', podManagementPolicy, volumeClaimTemplates };
}
