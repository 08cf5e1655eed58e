import type { Pod } from '@kubedrill/kube-model';
import { done, refused, type Outcome } from '../api/outcome.ts';
import { badRequest } from '../api/status.ts';
import type { ContainerRuntime } from './pod-runtime.ts';

const noLines: readonly string[] = [];

/** What a wait for an image is called here. */
const pullTexts: ReadonlyMap<string, string> = new Map([
  ['ErrImagePull', "image can't be pulled"],
  ['ImagePullBackOff', 'trying and failing to pull image'],
]);

/** kubelet_pods.go validateContainerLogStatus: the present instance, or the last one that has run; `previous`: the one before. */
export function logsOf(
  { metadata, spec }: Pod,
  container: string,
  runtime: ContainerRuntime | undefined,
  previous: boolean,
): Outcome<readonly string[]> {
  const place = `container "${container}" in pod "${metadata.name}"`;
  if (previous)
    return runtime?.last
      ? done(runtime.last.logs ?? noLines)
      : refused(badRequest(`previous terminated ${place} not found`));
  if (runtime?.state.kind === 'running' && !runtime.state.postStart)
    return done(runtime.state.instance?.process.logs ?? noLines);
  if (runtime?.state.kind === 'terminated') return done(runtime.state.logs ?? noLines);
  if (runtime?.last) return done(runtime.last.logs ?? noLines);
  const beforeStart = spec.initContainers?.length ? 'PodInitializing' : 'ContainerCreating';
  const reason = runtime?.state.kind === 'waiting' ? runtime.state.reason : beforeStart;
  return refused(badRequest(`${place} is waiting to start: ${pullTexts.get(reason) ?? reason}`));
}
