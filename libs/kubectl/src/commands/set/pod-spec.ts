import type { Container, JsonObject, Kind, PodSpec } from '@kubedrill/kube-model';
import { isJsonObject } from '@kubedrill/kube-model';
import type { VisitedObject } from '../../resource-visit.ts';

const template = ['spec', 'template', 'spec'];

/** polymorphichelpers/updatepodspec.go: where a kind has its Pods' specification. */
const places: { readonly [K in Kind]?: readonly string[] } = {
  Pod: ['spec'],
  Deployment: template,
  DaemonSet: template,
  ReplicaSet: template,
  ReplicationController: template,
  StatefulSet: template,
  Job: template,
  CronJob: ['spec', 'jobTemplate', ...template],
};

/** The object with a changed specification of its Pods, or why it has none. */
export function withPodSpec(
  { resource, object }: VisitedObject,
  change: (spec: PodSpec) => PodSpec,
): JsonObject | string {
  const place = places[resource.kind];
  if (!place) return `the object is not a pod or does not have a pod template: *${resource.version}.${resource.kind}`;
  return changedAt(object, place, (spec) => change(spec as unknown as PodSpec) as unknown as JsonObject);
}

function changedAt(
  object: JsonObject,
  [member = '', ...rest]: readonly string[],
  change: (inner: JsonObject) => JsonObject,
): JsonObject {
  const inner = object[member];
  const found = isJsonObject(inner) ? inner : {};
  return { ...object, [member]: rest.length === 0 ? change(found) : changedAt(found, rest, change) };
}

/** With each container changed that is meant, those for initialization among them. */
export function withContainers(
  spec: PodSpec,
  isMeant: (name: string) => boolean,
  change: (container: Container) => Container,
): PodSpec {
  const changed = (containers: readonly Container[]): readonly Container[] =>
    containers.map((container) => (isMeant(container.name) ? change(container) : container));
  const { containers, initContainers } = spec;
  return {
    ...spec,
    containers: changed(containers),
    ...(initContainers && { initContainers: changed(initContainers) }),
  };
}

/** Those that are meant; the containers first, then those for initialization. */
export function meantContainers(
  { containers, initContainers = [] }: PodSpec,
  isMeant: (name: string) => boolean,
): readonly Container[] {
  return [...containers, ...initContainers].filter(({ name }) => isMeant(name));
}

/** kubectl/pkg/cmd/set/helper.go selectString: a name with '*' for anything, as far as kubectl understands it. */
export function nameMatcher(pattern: string): (name: string) => boolean {
  if (pattern === '*') return () => true;
  const parts = pattern.split('*');
  if (parts.length === 1) return (name) => name === pattern;
  return (name) => {
    let position = 0;
    for (const [index, part] of parts.entries()) {
      if (part === '') continue;
      // The place is counted from the one before, and taken for one in the whole name.
      const next = name.slice(position).indexOf(part);
      const isLast = index === parts.length - 1;
      if (next < position || (isLast && name.length !== part.length + next)) return false;
      position = next;
    }
    return true;
  };
}
