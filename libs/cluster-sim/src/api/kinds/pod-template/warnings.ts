import type { PodSpec, StringMap } from '@kubedrill/kube-model';
import { goQuote } from '../../validation/go-quote.ts';
import { ipWarnings } from '../../validation/ip-address.ts';
import type { Path } from '../../validation/path.ts';
import { portWarnings } from './port-warnings.ts';
import { containerProfileWarnings, podProfileWarnings } from './profile-warnings.ts';
import { fractionWarnings } from './quantity-warnings.ts';
import { schedulingWarnings } from './scheduling-warnings.ts';
import type { FullContainer, FullPodSpec } from './validation/pod-spec-shape.ts';
import { virtualPathWarnings } from './virtual-path-warnings.ts';
import { volumeWarnings } from './volume-warnings.ts';

/** What the API server warns of in a pod or a template (pkg/api/pod/warnings.go), in its order. `at`: the pod, or the template. */
export function podWarnings(podSpec: PodSpec, annotations: StringMap | undefined, at: Path): readonly string[] {
  const spec = podSpec as FullPodSpec;
  const place = at.child('spec');
  return [
    ...schedulingWarnings(spec, place),
    ...annotationWarnings(annotations ?? {}, at.child('metadata').child('annotations')),
    ...volumeWarnings(spec.volumes ?? [], place.child('volumes')),
    ...virtualPathWarnings(spec.volumes ?? []),
    ...duplicates(spec.hostAliases ?? [], 'ip', place.child('hostAliases')),
    ...pullSecretWarnings(spec, place.child('imagePullSecrets')),
    ...fractions(spec.overhead, place.child('overhead')),
    ...podProfileWarnings(spec, annotations, at),
    ...containersOf(spec, place).flatMap(([container, path]) => [
      ...containerProfileWarnings(spec, container, annotations, at),
      ...containerWarnings(container, path),
    ]),
    ...portWarnings(containersOf(spec, place)),
    ...gracePeriodWarning(spec, place.child('terminationGracePeriodSeconds')),
    ...affinityWarnings(spec, place.child('affinity')),
    ...addressWarnings(spec, place),
  ];
}

/** Init containers first, as pods.VisitContainersWithPath goes. */
function containersOf(spec: FullPodSpec, at: Path): readonly (readonly [FullContainer, Path])[] {
  return (['initContainers', 'containers', 'ephemeralContainers'] as const).flatMap((name) =>
    (spec[name] ?? []).map((container, index) => [container, at.child(name).index(index)] as const),
  );
}

const deprecatedAnnotations: readonly (readonly [key: string, message: string])[] = [
  ['scheduler.alpha.kubernetes.io/critical-pod', 'non-functional in v1.16+; use the "priorityClassName" field instead'],
  ['security.alpha.kubernetes.io/sysctls', 'non-functional in v1.11+; use the "sysctls" field instead'],
  ['security.alpha.kubernetes.io/unsafe-sysctls', 'non-functional in v1.11+; use the "sysctls" field instead'],
];

function annotationWarnings(annotations: StringMap, at: Path): readonly string[] {
  return deprecatedAnnotations
    .filter(([key]) => Object.hasOwn(annotations, key))
    .map(([key, message]) => `${at.key(key).toString()}: ${message}`);
}

function duplicates(list: readonly { readonly ip: string }[], member: 'ip', at: Path): readonly string[] {
  const seen = new Set<string>();
  return list.flatMap((element, index) => {
    const repeated = seen.has(element[member]);
    seen.add(element[member]);
    return repeated
      ? [`${at.index(index).child(member).toString()}: duplicate ${member} ${goQuote(element[member])}`]
      : [];
  });
}

function pullSecretWarnings(spec: FullPodSpec, at: Path): readonly string[] {
  const secrets =
    (spec as { readonly imagePullSecrets?: readonly { readonly name?: string }[] }).imagePullSecrets ?? [];
  const names = secrets.map(({ name = '' }) => name);
  const place = (index: number): string => at.index(index).child('name').toString();
  return [
    ...names.flatMap((name, index) =>
      names.indexOf(name) < index ? [`${place(index)}: duplicate name ${goQuote(name)}`] : [],
    ),
    ...names.flatMap((name, index) => (name === '' ? [`${place(index)}: invalid empty name ""`] : [])),
  ];
}

const wholeBytes = ['memory', 'ephemeral-storage'] as const;

function fractions(amounts: StringMap | undefined, at: Path): readonly string[] {
  return wholeBytes.flatMap((name) => fractionWarnings(amounts, name, at));
}

function containerWarnings({ env = [], resources }: FullContainer, at: Path): readonly string[] {
  const place = at.child('resources');
  const amounts = resources
    ? wholeBytes.flatMap((name) => [
        ...fractionWarnings(resources.limits, name, place.child('limits')),
        ...fractionWarnings(resources.requests, name, place.child('requests')),
      ])
    : [];
  return env.length > 1 ? [...amounts, ...hiddenVariables(env, at.child('env'))] : amounts;
}

/** A second definition may build on the first, "$(NAME)more"; anything else hides it. */
function hiddenVariables(env: NonNullable<FullContainer['env']>, at: Path): readonly string[] {
  const seen = new Set<string>();
  return env.flatMap(({ name, value = '', valueFrom }, index) => {
    const known = seen.has(name);
    seen.add(name);
    const reference = `$(${name})`;
    const buildsOn = valueFrom === undefined && value !== reference && value.includes(reference);
    if (!known || buildsOn) return [];
    return [
      `${at.index(index).toString()}: hides previous definition of ${goQuote(name)}, which may be dropped when using apply`,
    ];
  });
}

function gracePeriodWarning({ terminationGracePeriodSeconds: seconds }: FullPodSpec, at: Path): readonly string[] {
  if (seconds === undefined || seconds >= 0) return [];
  return [`${at.toString()}: must be >= 0; negative values are invalid and will be treated as 1`];
}

function affinityWarnings({ affinity }: FullPodSpec, at: Path): readonly string[] {
  return (['podAffinity', 'podAntiAffinity'] as const).flatMap((name) => {
    const {
      requiredDuringSchedulingIgnoredDuringExecution: required = [],
      preferredDuringSchedulingIgnoredDuringExecution: preferred = [],
    } = affinity?.[name] ?? {};
    const place = at.child(name);
    return [
      ...required.flatMap(({ labelSelector }, index) =>
        labelSelector
          ? []
          : [nothingSelected(place.child('requiredDuringSchedulingIgnoredDuringExecution').index(index))],
      ),
      ...preferred.flatMap(({ podAffinityTerm }, index) =>
        podAffinityTerm.labelSelector
          ? []
          : [
              nothingSelected(
                place.child('preferredDuringSchedulingIgnoredDuringExecution').index(index).child('podAffinityTerm'),
              ),
            ],
      ),
    ];
  });
}

function nothingSelected(at: Path): string {
  return `${at.child('labelSelector').toString()}: a null labelSelector results in matching no pod`;
}

function addressWarnings({ dnsConfig, hostAliases = [] }: FullPodSpec, at: Path): readonly string[] {
  const nameservers = at.child('dnsConfig').child('nameservers');
  return [
    ...(dnsConfig?.nameservers ?? []).flatMap((address, index) => ipWarnings(address, nameservers.index(index))),
    ...hostAliases.flatMap(({ ip }, index) => ipWarnings(ip, at.child('hostAliases').index(index).child('ip'))),
  ];
}
