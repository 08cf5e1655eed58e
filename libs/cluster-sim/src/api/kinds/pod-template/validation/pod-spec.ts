import type { PodSpec } from '@kubedrill/kube-model';
import type { FieldError } from '../../../validation/field-error.ts';
import { duplicate, forbidden, invalid, required, tooLong } from '../../../validation/field-error.ts';
import { labels } from '../../../validation/metadata.ts';
import type { Path } from '../../../validation/path.ts';
import {
  each,
  field,
  formatted,
  given,
  inOrder,
  nonEmpty,
  numeric,
  oneOf,
  onceRight,
  requiredText,
} from '../../../validation/rule.ts';
import {
  byteLength,
  dns1123Label,
  dns1123Subdomain,
  qualifiedName,
  rangeError,
} from '../../../validation/text-format.ts';
import { podResourceClaim } from '../../pod/internal/internal-pod-spec.ts';
import { shownInside } from '../../pod/internal/internal-struct.ts';
import { hostNetworkPorts } from './container-ports.ts';
import { containers, ephemeralContainers, initContainers } from './containers.ts';
import { operatingSystem } from './operating-system.ts';
import { dnsConfig, dnsPolicy, hostAliases } from './pod-dns.ts';
import type { FullContainer, FullPodSpec } from './pod-spec-shape.ts';
import { containerResourceRule, podResources } from './resources.ts';
import { affinity, tolerations } from './scheduling.ts';
import { podSecurityContext } from './security-context.ts';
import { topologySpread } from './topology-spread.ts';
import { volumes } from './volumes.ts';

const subdomain = formatted(dns1123Subdomain);
const label = formatted(dns1123Label);
const maxInt32 = 2 ** 31 - 1;

const specOfTemplate = onceRight<FullPodSpec>((spec, at, report) => podSpec(spec, false, at, report));

/** ValidatePodSpec of pkg/apis/core/validation/validation.go, in its order. `isPod`: not a template. */
export function validatePodSpec(spec: PodSpec, isPod: boolean, at: Path, report: FieldError[]): void {
  if (isPod) podSpec(spec, true, at, report);
  else specOfTemplate(spec, at, report);
}

function podSpec(spec: FullPodSpec, isPod: boolean, at: Path, report: FieldError[]): void {
  if (spec.terminationGracePeriodSeconds === undefined)
    report.push(required(at.child('terminationGracePeriodSeconds')));
  const pod = {
    spec,
    volumes: volumes(spec.volumes, isPod, at.child('volumes'), report),
    claimNames: resourceClaims(spec.resourceClaims ?? [], at.child('resourceClaims'), report),
  };
  containers(pod, at.child('containers'), report);
  initContainers(pod, at.child('initContainers'), report);
  ephemeralContainers(pod, at.child('ephemeralContainers'), report);
  podResources(spec, at.child('resources'), report);
  if (spec.hostNetwork) hostNetworkPorts(spec.containers ?? [], isPod)(spec, at.child('containers'), report);
  placement(spec, at, report);
  hostUsers(spec, at, report);
  hostnameOverride(spec, at.child('hostnameOverride'), report);
  identity(spec, at, report);
  if (spec.overhead) containerResourceRule(new Set())({ limits: spec.overhead }, at.child('overhead'), report);
  operatingSystem(spec, at, report);
  filesOfVariables(spec, at, report);
}

const placement = inOrder<FullPodSpec>(
  field('restartPolicy', requiredText(oneOf(['Always', 'OnFailure', 'Never']))),
  field('dnsPolicy', dnsPolicy),
  field('nodeSelector', labels),
  (spec, at, report) => podSecurityContext(spec, at.child('securityContext'), report),
  field('affinity', affinity),
  (spec, at, report) => dnsConfig(spec, at.child('dnsConfig'), report),
  field('readinessGates', each(field('conditionType', formatted(qualifiedName)))),
  field('schedulingGates', (gates, at, report) => {
    const seen = new Set<string>();
    for (const [index, { name }] of (gates ?? []).entries()) {
      formatted(qualifiedName)(name, at.index(index), report);
      if (seen.has(name)) report.push(duplicate(at.index(index), name));
      seen.add(name);
    }
  }),
  field('topologySpreadConstraints', topologySpread),
);

const identity = inOrder<FullPodSpec>(
  field('serviceAccountName', nonEmpty(subdomain)),
  field('nodeName', nonEmpty(subdomain)),
  field(
    'activeDeadlineSeconds',
    given(numeric((seconds) => (seconds >= 1 && seconds <= maxInt32 ? [] : [rangeError(1, maxInt32)]))),
  ),
  field('hostname', nonEmpty(label)),
  field('subdomain', nonEmpty(label)),
  field('tolerations', tolerations),
  field('hostAliases', hostAliases),
  field('priorityClassName', nonEmpty(subdomain)),
  field('runtimeClassName', given(subdomain)),
  field('preemptionPolicy', given(requiredText(oneOf(['PreemptLowerPriority', 'Never'])))),
);

function resourceClaims(
  claims: NonNullable<FullPodSpec['resourceClaims']>,
  at: Path,
  report: FieldError[],
): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [index, claim] of claims.entries()) {
    const place = at.index(index);
    const { name, resourceClaimName: direct, resourceClaimTemplateName: template } = claim;
    const shown = shownInside(podResourceClaim, claim);
    if (name === '') report.push(required(place.child('name')));
    else if (names.has(name)) report.push(duplicate(place.child('name'), name));
    else label(name, place.child('name'), report);
    names.add(name);
    if (direct !== undefined && template !== undefined) {
      report.push(
        invalid(place, shown, 'at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified'),
      );
    }
    if (direct === undefined && template === undefined) {
      report.push(invalid(place, shown, 'must specify one of: `resourceClaimName`, `resourceClaimTemplateName`'));
    }
    if (direct !== undefined) subdomain(direct, place.child('resourceClaimName'), report);
    if (template !== undefined) subdomain(template, place.child('resourceClaimTemplateName'), report);
  }
  return names;
}

/** A user namespace of its own goes with no other namespace of the host. */
function hostUsers(spec: FullPodSpec, at: Path, report: FieldError[]): void {
  if (spec.hostUsers !== false) return;
  const why = 'when `hostUsers` is false';
  if (spec.hostNetwork) report.push(forbidden(at.child('hostNetwork'), why));
  if (spec.hostPID) report.push(forbidden(at.child('HostPID'), why));
  if (spec.hostIPC) report.push(forbidden(at.child('HostIPC'), why));
  visitContainers(spec, at, (container, place) => {
    if (container.volumeDevices) report.push(forbidden(place.child('volumeDevices'), why));
  });
}

function hostnameOverride(spec: FullPodSpec, at: Path, report: FieldError[]): void {
  if (spec.hostnameOverride === undefined) return;
  if (spec.setHostnameAsFQDN) report.push(forbidden(at, 'may not be specified when setHostnameAsFQDN is true'));
  if (spec.hostNetwork) report.push(forbidden(at, 'may not be specified when hostNetwork is true'));
  if (byteLength(spec.hostnameOverride) > 64) report.push(tooLong(at, 64));
  subdomain(spec.hostnameOverride, at, report);
}

/** validateFileKeyRefVolumes: files with variables come from empty directories. */
function filesOfVariables(spec: FullPodSpec, at: Path, report: FieldError[]): void {
  visitContainers(spec, at, ({ env }, place) => {
    for (const [index, { valueFrom }] of (env ?? []).entries()) {
      const name = valueFrom?.fileKeyRef?.volumeName;
      if (name === undefined) continue;
      const at = place.child('env').index(index).child('valueFrom').child('fileKeyRef').child('volumeName');
      const volume = spec.volumes?.find((candidate) => candidate.name === name);
      if (!volume)
        report.push({ type: 'FieldValueNotFound', field: at.toString(), body: `Not found: ${JSON.stringify(name)}` });
      else if (!volume.emptyDir) report.push(invalid(at, name, 'referenced volume must be of type emptyDir'));
    }
  });
}

function visitContainers(spec: FullPodSpec, at: Path, visit: (container: FullContainer, place: Path) => void): void {
  for (const name of ['initContainers', 'containers', 'ephemeralContainers'] as const) {
    for (const [index, container] of (spec[name] ?? []).entries()) visit(container, at.child(name).index(index));
  }
}
