import type { Container, Pod, Probe } from '@kubedrill/kube-model';
import type { Instant } from '../engine/time.ts';
import type { Utterance } from '../events/remark.ts';
import type { ObjectView } from '../store/object-view.ts';
import type { StartSurroundings } from './container-start.ts';
import type { RunCommand } from './lifecycle-hook.ts';
import { mounted, mountRemarks } from './mount-remarks.ts';
import { podRemarks, silenced } from './pod-remarks.ts';
import type { PodRuntime } from './pod-runtime.ts';
import type { ExecOutput } from './probe-failure.ts';
import { failingCommands } from './probe-remarks.ts';
import { missingVolumes } from './volume-files.ts';

/** What one reconciliation has changed of what the kubelet knows of a Pod. */
export interface PodStep {
  readonly view: ObjectView;
  readonly pod: Pod;
  readonly now: Instant;
  readonly before: PodRuntime | undefined;
  readonly after: PodRuntime;
  /** Whether the Pod waited for something, and whether it does now. */
  readonly wasBlocked: boolean;
  readonly isBlocked: boolean;
  readonly processOverride: StartSurroundings['processOverride'];
  readonly exec: RunCommand;
}

/** What there is to say of it. All but the output of commands, which run now, is worked out when somebody wants to know. */
export function accountOf(step: PodStep): readonly Utterance[] {
  const { view, pod, now, before, after, wasBlocked, isBlocked, processOverride } = step;
  const node = pod.spec.nodeName ?? '';
  const utterances: Utterance[] = [];
  if (after.containers !== before?.containers && after.containers.size > 0) {
    const outputs = outputsOf(step);
    const outputOf = (_container: Container, probe: Probe): ExecOutput | undefined => outputs?.get(probe);
    const look = { pod, node, now, before, after, processOverride, outputOf };
    utterances.push({ about: pod, tell: (notes) => podRemarks(look, notes) });
  }
  const mounts = isBlocked && after.address === undefined;
  if (mounts && !wasBlocked) utterances.push(...mountRemarks(pod, node, missingVolumes(pod, view), now));
  else if (wasBlocked && !mounts && before?.address === undefined) utterances.push(...mounted(after.uid));
  return utterances;
}

/** Nothing more is said of a Pod that the kubelet has forgotten. */
export function farewell(runtime: PodRuntime): readonly Utterance[] {
  return [...silenced(runtime), ...mounted(runtime.uid)];
}

function outputsOf({ pod, after, exec }: PodStep): ReadonlyMap<Probe, ExecOutput | undefined> | undefined {
  let outputs: Map<Probe, ExecOutput | undefined> | undefined;
  const { containers, initContainers } = pod.spec;
  for (const container of initContainers ? [...initContainers, ...containers] : containers) {
    const state = after.containers.get(container.name)?.state;
    if (state?.kind !== 'running') continue;
    for (const probe of failingCommands(container, state)) {
      const result = exec(pod, container, probe.exec?.command ?? []);
      outputs ??= new Map();
      outputs.set(probe, result && { text: result.output + result.errors });
    }
  }
  return outputs;
}
