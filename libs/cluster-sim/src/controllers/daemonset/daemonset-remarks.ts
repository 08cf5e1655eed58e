import type { DaemonSet, Pod } from '@kubedrill/kube-model';
import type { Remark } from '../../events/remark.ts';

const by = { form: 'older', component: 'daemonset-controller' } as const;

/** pkg/controller/daemon/daemon_controller.go podsShouldBeOnNode, of Pods that have ended and make room for others. */
export function endedPods(about: DaemonSet, pods: readonly Pod[]): readonly Remark[] {
  return pods.flatMap(({ metadata, spec, status: { phase } }): readonly Remark[] => {
    if (phase !== 'Failed' && phase !== 'Succeeded') return [];
    const place = `daemon pod ${metadata.namespace ?? ''}/${metadata.name} on node ${spec.nodeName ?? ''}`;
    if (phase === 'Failed') {
      const message = `Found failed ${place}, will try to kill it`;
      return [{ by, about, type: 'Warning', reason: 'FailedDaemonPod', message }];
    }
    const message = `Found succeeded ${place}, will try to delete it`;
    return [{ by, about, type: 'Normal', reason: 'SucceededDaemonPod', message }];
  });
}
