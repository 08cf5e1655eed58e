import type { Container, Pod, StringMap } from '@kubedrill/kube-model';
import type { FieldError } from '../../validation/field-error.ts';
import { forbidden, invalid } from '../../validation/field-error.ts';
import { semanticallyEqual } from '../../validation/immutable.ts';
import { validateMetadataUpdate } from '../../validation/metadata.ts';
import { root, specPath, type Path } from '../../validation/path.ts';
import type { SubresourceStrategy } from '../kind-definition.ts';
import { withoutDisabledFields } from '../pod-template/disabled-fields.ts';
import type { FullContainer, FullPodSpec, Resources } from '../pod-template/validation/pod-spec-shape.ts';
import { withMembers } from '../pod-template/with-members.ts';
import { metadataOfSubresource } from '../status-metadata.ts';
import { generationOf } from './pod-generation.ts';
import { validatePodMetadataAndSpec } from './pod-validation.ts';
import { qosClass } from './qos-class.ts';

/** pods/resize: podResizeStrategy of pkg/registry/core/pod/strategy.go. */
export const resizeStrategy: SubresourceStrategy<'Pod'> = {
  prepareForUpdate(pod, old) {
    const resized = { ...withResources(pod, old), status: old.status };
    const changed = { ...resized, spec: withoutDisabledFields(resized.spec) };
    return { ...changed, metadata: withMembers(changed.metadata, { generation: generationOf(changed, old) }) };
  },
  validateUpdate: validatePodResize,
};

function fullSpec({ spec }: Pod): FullPodSpec {
  return spec;
}

function containersIn(pod: Pod, name: 'containers' | 'initContainers'): readonly FullContainer[] {
  return fullSpec(pod)[name] ?? [];
}

const lists = ['containers', 'initContainers'] as const;

/** dropNonResizeUpdates: all but resources and their policies is forgotten, unless containers do not stand where they stood. */
function withResources(pod: Pod, old: Pod): Pod {
  if (lists.some((name) => containersIn(pod, name).length !== containersIn(old, name).length)) return pod;
  const [containers, initContainers] = lists.map((name) => merged(containersIn(pod, name), containersIn(old, name)));
  const { resources } = fullSpec(pod);
  const { resources: _former, ...spec } = fullSpec(old);
  return {
    ...pod,
    metadata: metadataOfSubresource(pod.metadata, old.metadata),
    spec: {
      ...spec,
      containers,
      ...(initContainers?.length ? { initContainers } : {}),
      ...(resources && { resources }),
    } as Pod['spec'],
  };
}

function merged(containers: readonly FullContainer[], old: readonly FullContainer[]): readonly FullContainer[] {
  if (containers.some(({ name }, index) => name !== old[index]?.name)) return containers;
  return old.map((container, index) => {
    const { resources, resizePolicy } = containers[index] ?? container;
    const { resources: _resources, resizePolicy: _policy, ...rest } = container;
    return { ...rest, ...(resources && { resources }), ...(resizePolicy && { resizePolicy }) };
  });
}

/** ValidatePodResize of pkg/apis/core/validation/validation.go. */
function validatePodResize(pod: Pod, old: Pod): readonly FieldError[] {
  const report: FieldError[] = [];
  validateMetadataUpdate(pod.metadata, old.metadata, report);
  validatePodMetadataAndSpec(pod, report);
  if (old.metadata.annotations?.['kubernetes.io/config.mirror'] !== undefined)
    return [forbidden(root, 'static pods cannot be resized')];
  if (fullSpec(old).os?.name === 'windows') return [forbidden(root, 'windows pods cannot be resized')];
  if ((old.status.qosClass ?? qosClass(old.spec)) !== qosClass(pod.spec))
    report.push(invalid(specPath, pod.status.qosClass ?? '', 'Pod QOS Class may not change as a result of resizing'));
  if (!isSupported(old)) report.push(forbidden(specPath, 'Pod running on node without support for resize'));
  ownResources(fullSpec(pod).resources, fullSpec(old).resources, report);
  if (!isSameOrder(pod, old, report)) return report;
  for (const name of ['initContainers', 'containers'] as const)
    for (const [index, container] of containersIn(old, name).entries())
      notRemoved(
        containersIn(pod, name)[index]?.resources,
        container.resources,
        specPath.child(name).index(index).child('resources'),
        'resource',
        report,
      );
  computeOnly(pod, old, report);
  return report;
}

/** isPodResizeRequestSupported: a kubelet that can do it says which resources a running container has. */
function isSupported({ spec, status }: Pod): boolean {
  const running = status.containerStatuses?.find(({ state }) => state.running !== undefined);
  const container = spec.containers.find(({ name }) => name === running?.name);
  return !running || running.resources !== undefined || !hasResources(container);
}

/** The simulated kubelet does not mention what a container has none of. */
function hasResources(container: Container | undefined): boolean {
  const { requests, limits } = container?.resources ?? {};
  return Object.keys(requests ?? {}).length + Object.keys(limits ?? {}).length > 0;
}

/** validatePodLevelResourcesResize. */
function ownResources(resources: Resources | undefined, old: Resources | undefined, report: FieldError[]): void {
  const place = specPath.child('resources');
  if (old && !resources) {
    report.push(forbidden(place, 'pod-level resources cannot be removed'));
    return;
  }
  notRemoved(resources, old, place, 'pod-level resource', report);
  if (!semanticallyEqual(withComputeOf(resources, old), old ?? {}))
    report.push(forbidden(specPath, 'only cpu and memory resources are mutable at pod-level'));
}

/** validatePodResizeContainerOrdering. */
function isSameOrder(pod: Pod, old: Pod, report: FieldError[]): boolean {
  const before = report.length;
  for (const name of lists) {
    const [containers, former] = [containersIn(pod, name), containersIn(old, name)];
    const place = specPath.child(name);
    if (containers.length !== former.length)
      report.push(forbidden(place, `${name} may not be added or removed on resize`));
    else
      for (const [index, container] of former.entries())
        if (containers[index]?.name !== container.name)
          report.push(forbidden(place.index(index).child('name'), `${name} may not be renamed or reordered on resize`));
  }
  return report.length === before;
}

/** validateContainerResize. */
function notRemoved(
  resources: Resources | undefined,
  old: Resources | undefined,
  at: Path,
  words: string,
  report: FieldError[],
): void {
  for (const name of ['requests', 'limits'] as const) {
    const now = resources?.[name] ?? {};
    if (Object.keys(old?.[name] ?? {}).some((resource) => now[resource] === undefined))
      report.push(forbidden(at.child(name), `${words} ${name} cannot be removed`));
  }
}

/** Nothing changes but CPU and memory. */
function computeOnly(pod: Pod, old: Pod, report: FieldError[]): void {
  for (const [index, container] of containersIn(old, 'containers').entries())
    if (!isSameButCompute(containersIn(pod, 'containers')[index], container))
      report.push(forbidden(specPath, 'only cpu and memory resources are mutable'));
  for (const [index, container] of containersIn(old, 'initContainers').entries()) {
    const changed = containersIn(pod, 'initContainers')[index];
    const place = specPath.child('initContainers').index(index);
    if (!isSameButCompute(changed, container))
      report.push(forbidden(place, 'only cpu and memory resources for init or sidecar containers are mutable'));
    if (container.restartPolicy === 'Always' || semanticallyEqual(changed, container)) continue;
    for (const { restartPolicy } of changed?.resizePolicy ?? [])
      if (restartPolicy === 'RestartContainer')
        report.push(
          forbidden(place, 'non-sidecar init containers with a resize policy of RestartContainer cannot be resized'),
        );
  }
}

function isSameButCompute(container: FullContainer | undefined, old: FullContainer): boolean {
  return semanticallyEqual(
    { ...container, resources: withComputeOf(container?.resources, old.resources) },
    { ...old, resources: old.resources ?? {} },
  );
}

/** dropCPUMemoryUpdates. */
function withComputeOf(resources: Resources | undefined, old: Resources | undefined): Resources {
  const mixed = (now: StringMap = {}, before: StringMap = {}): StringMap => {
    const { cpu: _cpu, memory: _memory, ...others } = now;
    const { cpu, memory } = before;
    return { ...others, ...(cpu !== undefined && { cpu }), ...(memory !== undefined && { memory }) };
  };
  const [limits, requests] = [mixed(resources?.limits, old?.limits), mixed(resources?.requests, old?.requests)];
  return {
    ...(Object.keys(limits).length > 0 && { limits }),
    ...(Object.keys(requests).length > 0 && { requests }),
  };
}
