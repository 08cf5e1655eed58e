import type { KubectlCommand } from '../../invocation.ts';
import type { VisitedObject } from '../../resource-visit.ts';
import { changeFlags, changeSpecs, withSpec } from './spec-change.ts';

/** kubectl/pkg/cmd/rollout/rollout_pause.go, polymorphichelpers/objectpauser.go. */
export const rolloutPause: KubectlCommand = {
  name: 'rollout pause',
  flags: changeFlags,
  run(invocation) {
    changeSpecs(invocation, {
      change(target) {
        if (target.resource.kind !== 'Deployment') return 'pausing is not supported';
        return isPaused(target) ? 'is already paused' : withSpec(target.object, { paused: true });
      },
      done: 'paused',
      unchanged: () => 'already paused',
    });
  },
};

/** kubectl/pkg/cmd/rollout/rollout_resume.go, polymorphichelpers/objectresumer.go. */
export const rolloutResume: KubectlCommand = {
  name: 'rollout resume',
  flags: changeFlags,
  run(invocation) {
    changeSpecs(invocation, {
      change(target) {
        if (target.resource.kind !== 'Deployment') return 'resuming is not supported';
        return isPaused(target) ? withSpec(target.object, { paused: undefined }) : 'is not paused';
      },
      done: 'resumed',
      unchanged: () => 'already resumed',
    });
  },
};

export function isPaused({ object }: VisitedObject): boolean {
  return (object.spec as { readonly paused?: boolean }).paused === true;
}
