import type { ReplicationController } from '@kubedrill/kube-model';
import { hasLabels } from '../../../controllers/label-selector.ts';
import type { FieldError } from '../../validation/field-error.ts';
import { invalid, required } from '../../validation/field-error.ts';
import { validateMetadata, validateMetadataUpdate } from '../../validation/metadata.ts';
import type { Path } from '../../validation/path.ts';
import { specPath } from '../../validation/path.ts';
import { field, given, inOrder, nonNegative } from '../../validation/rule.ts';
import { dns1123Subdomain } from '../../validation/text-format.ts';
import { countsFromZero, partsOfReplicas } from '../pod-template/replica-counts.ts';
import { endlessPods, validatePodTemplate } from '../pod-template/validation/pod-template.ts';

/** pkg/apis/core/validation/validation.go: ReplicationControllers. */

/** As it was sent: a selector comes from the template, a template from nowhere. */
type SentSpec = Partial<ReplicationController['spec']>;

/** ValidateReplicationControllerSpec. */
const spec = inOrder<SentSpec>(
  field('minReadySeconds', given(nonNegative)),
  field('selector', (selector, at, report) => {
    if (isEmpty(selector)) report.push(required(at));
  }),
  field('replicas', given(nonNegative)),
  template,
);

function isEmpty(selector: SentSpec['selector']): boolean {
  return selector === undefined || Object.keys(selector).length === 0;
}

/** ValidatePodTemplateSpecForRC. */
function template({ template: sent, selector }: SentSpec, at: Path, report: FieldError[]): void {
  const place = at.child('template');
  if (!sent) {
    report.push(required(place));
    return;
  }
  const { labels } = sent.metadata ?? {};
  if (!hasLabels(labels, selector ?? {})) {
    const words = '`selector` does not match template `labels`';
    report.push(invalid(place.child('metadata').child('labels'), labels, words));
  }
  validatePodTemplate(sent, place, report);
  endlessPods('ReplicationController')(sent, place, report);
}

export function validateNewReplicationController(controller: ReplicationController): readonly FieldError[] {
  const report: FieldError[] = [];
  validateMetadata(controller.metadata, true, dns1123Subdomain, report);
  spec(controller.spec, specPath, report);
  return report;
}

export function validateReplicationControllerUpdate(
  controller: ReplicationController,
  old: ReplicationController,
): readonly FieldError[] {
  const report: FieldError[] = [];
  validateMetadataUpdate(controller.metadata, old.metadata, report);
  spec(controller.spec, specPath, report);
  return report;
}

const partial = ['fullyLabeledReplicas', 'readyReplicas', 'availableReplicas'] as const;

/** ValidateReplicationControllerStatus. */
export function validateReplicationControllerStatus(
  { metadata, status }: ReplicationController,
  old: ReplicationController,
): readonly FieldError[] {
  const report: FieldError[] = [];
  validateMetadataUpdate(metadata, old.metadata, report);
  countsFromZero(status, ['replicas', ...partial, 'observedGeneration'], report);
  partsOfReplicas(status, partial, 'readyReplicas', report);
  return report;
}
