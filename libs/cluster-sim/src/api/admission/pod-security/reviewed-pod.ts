import type { Container, ObjectMeta, PodSpec } from '@kubedrill/kube-model';
import { goQuote } from '../../validation/go-quote.ts';
import type {
  FullContainer,
  FullPodSpec,
  PodSecurityContext,
  SecurityContext,
} from '../../kinds/pod-template/validation/pod-spec-shape.ts';

/** A pod, or the template of some, as the checks of the Pod Security Standards look at it. */
export interface ReviewedPod {
  readonly metadata: Pick<ObjectMeta, 'annotations'>;
  readonly spec: FullPodSpec;
  readonly context: ReviewedPodContext;
  /** Init containers first. */
  readonly containers: readonly ReviewedContainer[];
}

interface OpenContext {
  readonly runAsNonRoot?: boolean;
  readonly seLinuxOptions?: { readonly user?: string; readonly role?: string; readonly type?: string };
  readonly windowsOptions?: { readonly hostProcess?: boolean };
}

export type ReviewedPodContext = PodSecurityContext & OpenContext;

export interface ReviewedContainer {
  readonly container: Container;
  readonly context: SecurityContext & OpenContext;
}

export function reviewedPod(metadata: Pick<ObjectMeta, 'annotations'>, podSpec: PodSpec): ReviewedPod {
  const spec = podSpec as FullPodSpec;
  const { initContainers = [], containers, ephemeralContainers = [], securityContext = {} } = spec;
  const all = [...initContainers, ...(containers ?? []), ...ephemeralContainers];
  return { metadata, spec, context: securityContext, containers: all.map(reviewed) };
}

function reviewed(container: FullContainer): ReviewedContainer {
  return { container: container as Container, context: container.securityContext ?? {} };
}

/** What a pod does that the standard forbids: the reason and, in brackets after it, the detail. */
export interface Violation {
  readonly reason: string;
  readonly detail: string;
}

export type Check = (pod: ReviewedPod) => Violation | undefined;

/** `"a", "b"` */
export function quoted(items: readonly string[]): string {
  return items.map((item) => `"${item}"`).join(', ');
}

export function numbered(singular: string, plural: string, items: readonly unknown[]): string {
  return items.length === 1 ? singular : plural;
}

/** `containers "a", "b"` */
export function containersText(names: readonly string[]): string {
  return `${numbered('container', 'containers', names)} ${quoted(names)}`;
}

export function namesWhere({ containers }: ReviewedPod, isBad: (one: ReviewedContainer) => boolean): readonly string[] {
  return containers.filter(isBad).map(({ container }) => container.name);
}

/** Each once, sorted. */
export function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)].sort();
}

/** `pod and container "a"`: undefined where neither does it. */
export function settersText(podDoes: boolean, containers: readonly string[]): string | undefined {
  const setters = [...(podDoes ? ['pod'] : []), ...(containers.length > 0 ? [containersText(containers)] : [])];
  return setters.length === 0 ? undefined : setters.join(' and ');
}

/** `key="value"` */
export function annotationText(key: string, value: string): string {
  return `${key}=${goQuote(value)}`;
}

/** A pod in a user namespace of its own may be root there. */
export function hasOwnUsers({ spec }: ReviewedPod): boolean {
  return spec.hostUsers === false;
}

export function isForWindows({ spec }: ReviewedPod): boolean {
  return spec.os?.name === 'windows';
}
