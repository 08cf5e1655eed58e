import type { Pod, PodSpec } from '@kubedrill/kube-model';
import type { FieldError } from '../../validation/field-error.ts';
import { forbidden } from '../../validation/field-error.ts';
import { goQuote } from '../../validation/go-quote.ts';
import { semanticallyEqual } from '../../validation/immutable.ts';
import { validateMetadataUpdate } from '../../validation/metadata.ts';
import { root, specPath } from '../../validation/path.ts';
import type { SubresourceStrategy } from '../kind-definition.ts';
import { withoutDisabledFields } from '../pod-template/disabled-fields.ts';
import type { FullContainer, FullPodSpec } from '../pod-template/validation/pod-spec-shape.ts';
import { withMembers } from '../pod-template/with-members.ts';
import { metadataOfSubresource } from '../status-metadata.ts';
import { ephemeralContainer } from './internal/internal-container.ts';
import { generationOf } from './pod-generation.ts';
import { internalDiff } from './pod-spec-diff.ts';
import { fixedAnnotations } from './pod-update.ts';
import { validatePodMetadataAndSpec } from './pod-validation.ts';

/** pods/ephemeralcontainers, which `kubectl debug` writes: podEphemeralContainersStrategy of pkg/registry/core/pod/strategy.go. */
export const ephemeralContainersStrategy: SubresourceStrategy<'Pod'> = {
  prepareForUpdate(pod, old) {
    const { ephemeralContainers } = pod.spec as FullPodSpec;
    const added: Partial<FullPodSpec> = { ephemeralContainers };
    const spec = withoutDisabledFields(withMembers(old.spec, added as Partial<PodSpec>));
    const metadata = metadataOfSubresource(pod.metadata, old.metadata);
    const changed = { ...old, metadata, spec };
    return { ...changed, metadata: withMembers(metadata, { generation: generationOf(changed, old) }) };
  },
  validateUpdate: validateEphemeralContainersUpdate,
};

/** ValidatePodEphemeralContainersUpdate: those that are there stay as they are. */
function validateEphemeralContainersUpdate(pod: Pod, old: Pod): readonly FieldError[] {
  const report: FieldError[] = [];
  validateMetadataUpdate(pod.metadata, old.metadata, report);
  validatePodMetadataAndSpec(pod, report);
  fixedAnnotations(pod, old, report);
  if (old.metadata.annotations?.['kubernetes.io/config.mirror'] !== undefined)
    return [forbidden(root, 'static pods do not support ephemeral containers')];
  for (const container of containersOf(old)) {
    const changed = containersOf(pod).find(({ name }) => name === container.name);
    if (!semanticallyEqual(changed, container)) report.push(changedContainer(container, changed));
  }
  return report;
}

function containersOf({ spec }: Pod): readonly FullContainer[] {
  return (spec as FullPodSpec).ephemeralContainers ?? [];
}

function changedContainer(old: FullContainer, changed: FullContainer | undefined): FieldError {
  const place = specPath.child('ephemeralContainers');
  const subject = `existing ephemeral containers ${goQuote(old.name)}`;
  if (!changed) return forbidden(place, `${subject} may not be removed\n`);
  return forbidden(place, `${subject} may not be changed\n${internalDiff(ephemeralContainer, old, changed)}`);
}
