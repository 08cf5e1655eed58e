import type { KubectlCommand } from '../../invocation.ts';
import { CommandError } from '../../invocation.ts';
import { withPodSpec } from './pod-spec.ts';
import { recordFlag } from '../../record-flag.ts';
import { localOnServer, setFlags, setObjects, setPlace, targetsOf } from './set-objects.ts';

/** kubectl/pkg/cmd/set/set_serviceaccount.go. */
export const setServiceAccount: KubectlCommand = {
  name: 'set serviceaccount',
  aliases: ['set sa'],
  flags: { ...setFlags, ...recordFlag },
  run(invocation) {
    const { operands } = invocation;
    const place = setPlace(invocation);
    if (place.isLocal && place.dryRun === 'server') throw new CommandError(`error: ${localOnServer}`);
    const serviceAccountName = operands.at(-1);
    if (serviceAccountName === undefined) throw new CommandError('error: serviceaccount is required');
    const targets = targetsOf(invocation, operands.slice(0, -1), { ...place, refusesWords: false });
    setObjects(invocation, targets, place, {
      change: (target) => withPodSpec(target, (spec) => ({ ...spec, serviceAccountName })),
      done: 'serviceaccount updated',
      failure: 'failed to patch ServiceAccountName ',
      sendsUnchanged: true,
    });
  },
};
