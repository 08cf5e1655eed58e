import { formatTime } from '@kubedrill/cluster-sim';
import type { JsonObject } from '@kubedrill/kube-model';
import { fault } from '../../fault.ts';
import type { KubectlCommand } from '../../invocation.ts';
import { isPaused } from './pause.ts';
import { rollableOf } from './revisions.ts';
import { changeFlags, changeSpecs, withSpec } from './spec-change.ts';

const restartAnnotation = 'kubectl.kubernetes.io/restartedAt';

/** kubectl/pkg/cmd/rollout/rollout_restart.go, polymorphichelpers/objectrestarter.go. */
export const rolloutRestart: KubectlCommand = {
  name: 'rollout restart',
  flags: changeFlags,
  run(invocation) {
    const time = formatTime(invocation.cluster.clock.now());
    changeSpecs(invocation, {
      change(target) {
        const workload = rollableOf(target);
        if (!workload) return 'restarting is not supported';
        if (isPaused(target)) return "can't restart paused deployment (run rollout resume first)";
        const { template } = workload.spec;
        const annotations = { ...template.metadata?.annotations, [restartAnnotation]: time };
        const restarted = { ...template, metadata: { ...template.metadata, annotations } };
        return withSpec(target.object, { template: restarted as unknown as JsonObject });
      },
      done: 'restarted',
      unchanged: ({ name }) =>
        fault(
          `failed to create patch for ${name}: if restart has already been triggered within the past second, please wait before attempting to trigger another`,
        ),
    });
  },
};
