import type { Container, Pod } from '@kubedrill/kube-model';
import type { Duration, Instant } from '../engine/time.ts';
import type { FoundImage } from '../images/catalogue.ts';
import type { ObjectView } from '../store/object-view.ts';
import { allContainers } from './container-role.ts';
import { nextBackOff } from './back-off.ts';
import type { PullAttempts, Waiting } from './pod-runtime.ts';

/**
 * A synchronization that has failed is tried again after 10 seconds and up to half as much (pod_workers.go completeWork). It shows
 * what became of the one before it.
 */
const retryPeriod: Duration = 12_500;

/** images/image_manager.go: what stands in the way of the container; undefined: the image is there, or can be had. */
export function imageProblem(
  pod: Pod,
  container: Container,
  image: FoundImage,
  view: ObjectView,
  now: Instant,
): Waiting | undefined {
  const name = container.image;
  const waiting = { kind: 'waiting', image: name } as const;
  if (image.kind === 'invalidName') return { ...waiting, reason: 'InvalidImageName', message: image.message };
  if (container.imagePullPolicy === 'Never' && !isPresent(pod, name, image, view)) {
    const message = `Container image "${name}" is not present with pull policy of Never`;
    return { ...waiting, reason: 'ErrImageNeverPull', message };
  }
  return image.kind === 'notFound' ? failedPull(name, image.message, now) : undefined;
}

/** Pulled for another Pod that is on the node, or, where no registry is known to have it, loaded by hand. */
function isPresent({ spec }: Pod, name: string, image: FoundImage, view: ObjectView): boolean {
  if (image.kind === 'unknown') return true;
  return view.indexed('Pod', 'node', spec.nodeName ?? '').some((other) => {
    const { containerStatuses = [], initContainerStatuses = [], ephemeralContainerStatuses = [] } = other.status;
    const statuses = [...initContainerStatuses, ...containerStatuses, ...ephemeralContainerStatuses];
    const pulled = statuses.filter(({ imageID }) => imageID);
    return allContainers(other).some(
      (container) => container.image === name && pulled.some((status) => status.name === container.name),
    );
  });
}

/** The first failure: the synchronization that follows at once finds that the kubelet has to wait. */
function failedPull(image: string, error: string, now: Instant): Waiting {
  const backOff = nextBackOff(undefined, now, now);
  return shown('ErrImagePull', image, { backOff, error, next: 'backOff' }, now + retryPeriod);
}

/** What a synchronization makes of a failed pull; undefined: the image is to be pulled again. */
export function afterFailedPull({ image = '' }: Waiting, pull: PullAttempts, now: Instant): Waiting | undefined {
  if (pull.next === 'report') return shown('ErrImagePull', image, { ...pull, next: 'backOff' }, now + retryPeriod);
  const expiry = pull.backOff.since + pull.backOff.duration;
  if (expiry <= now) return undefined;
  const syncs = Math.ceil((expiry - now) / retryPeriod);
  return shown('ImagePullBackOff', image, { ...pull, next: 'pull' }, now + syncs * retryPeriod);
}

/** Pulled again, and failed again: for this time the back-off shows. */
export function failedAgain({ image = '' }: Waiting, { backOff, error }: PullAttempts, now: Instant): Waiting {
  const pull: PullAttempts = { backOff: nextBackOff(backOff, now, now), error, next: 'report' };
  return shown('ImagePullBackOff', image, pull, now + retryPeriod);
}

function shown(
  reason: 'ErrImagePull' | 'ImagePullBackOff',
  image: string,
  pull: PullAttempts,
  until: Instant,
): Waiting {
  const message =
    reason === 'ErrImagePull' ? pull.error : `Back-off pulling image "${image}": ErrImagePull: ${pull.error}`;
  return { kind: 'waiting', reason, message, image, pull, until };
}
