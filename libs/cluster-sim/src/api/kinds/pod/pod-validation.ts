import type { Pod } from '@kubedrill/kube-model';
import type { FieldError } from '../../validation/field-error.ts';
import { forbidden } from '../../validation/field-error.ts';
import { validateMetadata } from '../../validation/metadata.ts';
import { metadataPath, specPath } from '../../validation/path.ts';
import { dns1123Subdomain } from '../../validation/text-format.ts';
import { untrimmedImages } from '../pod-template/validation/containers.ts';
import { podAnnotations } from '../pod-template/validation/pod-annotations.ts';
import type { FullPodSpec } from '../pod-template/validation/pod-spec-shape.ts';
import { profilesMatch } from '../pod-template/validation/profile-annotations.ts';
import { validatePodSpec } from '../pod-template/validation/pod-spec.ts';

/** validatePodMetadataAndSpec: what every pod keeps to, new or changed. */
export function validatePodMetadataAndSpec(pod: Pod, report: FieldError[]): void {
  const spec = pod.spec as FullPodSpec;
  validateMetadata(pod.metadata, true, dns1123Subdomain, report);
  podAnnotations(pod.metadata.annotations, pod.spec, metadataPath.child('annotations'), report);
  validatePodSpec(pod.spec, true, specPath, report);
  if (!spec.serviceAccountName) tokensWithoutAccount(spec, report);
  untrimmedImages(spec.containers, specPath.child('containers'), report);
  untrimmedImages(spec.initContainers, specPath.child('initContainers'), report);
}

function tokensWithoutAccount(spec: FullPodSpec, report: FieldError[]): void {
  for (const [index, { projected }] of (spec.volumes ?? []).entries()) {
    const sources = specPath.child('volumes').index(index).child('projected').child('sources');
    for (const [position, source] of (projected?.sources ?? []).entries()) {
      if (!source.serviceAccountToken) continue;
      const place = sources.index(position).child('serviceAccountToken');
      report.push(forbidden(place, 'must not be specified when serviceAccountName is not set'));
    }
  }
}

/** ValidatePodCreate. */
export function validateNewPod(pod: Pod): readonly FieldError[] {
  const report: FieldError[] = [];
  validatePodMetadataAndSpec(pod, report);
  if ((pod.spec as FullPodSpec).ephemeralContainers?.length)
    report.push(forbidden(specPath.child('ephemeralContainers'), 'cannot be set on create'));
  if (pod.spec.nodeName && pod.spec.schedulingGates?.length) {
    report.push(forbidden(specPath.child('nodeName'), 'cannot be set until all schedulingGates have been cleared'));
  }
  profilesMatch(pod.metadata.annotations, pod.spec, specPath, report);
  return report;
}
