import type { Pod } from '@kubedrill/kube-model';
import { done, refused, type Outcome } from '../api/outcome.ts';
import { badRequest } from '../api/status.ts';
import type { ContainerLog } from '../cluster.ts';
import type { ContainerRuntime, Running, Terminated } from './pod-runtime.ts';

export const nothingLogged: ContainerLog = { lines: [], startedAt: 0, isOpen: false };

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
): Outcome<ContainerLog> {
  const place = `container "${container}" in pod "${metadata.name}"`;
  if (previous)
    return runtime?.last
      ? done(closedLog(runtime.last))
      : refused(badRequest(`previous terminated ${place} not found`));
  if (runtime?.state.kind === 'running' && !runtime.state.postStart) return done(openLog(runtime.state));
  if (runtime?.state.kind === 'terminated') return done(closedLog(runtime.state));
  if (runtime?.last) return done(closedLog(runtime.last));
  const beforeStart = spec.initContainers?.length ? 'PodInitializing' : 'ContainerCreating';
  const reason = runtime?.state.kind === 'waiting' ? runtime.state.reason : beforeStart;
  return refused(badRequest(`${place} is waiting to start: ${pullTexts.get(reason) ?? reason}`));
}

function openLog({ instance, startedAt }: Running): ContainerLog {
  return { lines: instance?.process.logs ?? [], startedAt, isOpen: true };
}

function closedLog({ logs = [], startedAt }: Terminated): ContainerLog {
  return { lines: logs, startedAt, isOpen: false };
}
