import type { KubeObject, Pod } from '@kubedrill/kube-model';
import { byteLength } from '../api/validation/text-format.ts';
import { keyOf } from '../controllers/object-key.ts';
import type { Duration, Instant } from '../engine/time.ts';
import type { Commentary, Refrain, Remark, Silence } from '../events/remark.ts';

/** What the scheduler says: finishBinding and handleSchedulingFailure of pkg/scheduler/schedule_one.go. */

const component = 'default-scheduler';
const binding = { form: 'newer', component, action: 'Binding' } as const;
const scheduling = { form: 'newer', component, action: 'Scheduling' } as const;
const preempting = { form: 'newer', component, action: 'Preempting' } as const;
const maxMessage = 1024;
const ellipsis = ' ...';
/** DefaultPodMaxInUnschedulablePodsDuration: after that it tries again although nothing has changed. */
const patience: Duration = 300_000;

export function placed(about: Pod, node: string): Commentary {
  const { namespace = '', name } = about.metadata;
  return {
    done: () => ({
      ...{ by: binding, about, type: 'Normal', reason: 'Scheduled' },
      message: () => `Successfully assigned ${namespace}/${name} to ${node}`,
    }),
  };
}

/** PreemptPod of pkg/scheduler/framework/preemption. */
export function preempted(about: Pod, preemptor: Pod, node: string): Commentary {
  const message = `Preempted by pod ${preemptor.metadata.uid} on node ${node}`;
  return { done: () => ({ by: preempting, about, type: 'Normal', reason: 'Preempted', message }) };
}

export function unplaced(about: KubeObject, message: string): Remark {
  return { by: scheduling, about, type: 'Warning', reason: 'FailedScheduling', message: truncated(message) };
}

export function unplacedStill(about: KubeObject, message: string, now: Instant): Refrain {
  return { key: keyFor(about), remarks: [unplaced(about, message)], from: now, pauses: [patience] };
}

export function noLongerUnplaced(about: KubeObject): Silence {
  return { silence: keyFor(about) };
}

function keyFor({ metadata }: KubeObject): string {
  return `scheduling ${keyOf(metadata)}`;
}

function truncated(message: string): string {
  return byteLength(message) <= maxMessage ? message : message.slice(0, maxMessage - ellipsis.length) + ellipsis;
}
