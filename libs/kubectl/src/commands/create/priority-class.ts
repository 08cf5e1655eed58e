import { resources } from '@kubedrill/kube-model';
import { creationFlags, requiredName, sendCreated } from '../../created-object.ts';
import type { KubectlCommand } from '../../invocation.ts';

/** pkg/cmd/create/create_priorityclass.go. */
export const createPriorityClass: KubectlCommand = {
  name: 'create priorityclass',
  aliases: ['create pc'],
  flags: {
    ...creationFlags,
    description: { value: 'required' },
    'global-default': { value: 'none' },
    'preemption-policy': { value: 'required' },
    value: { value: 'required', type: 'int32' },
  },
  run(invocation) {
    const { flags } = invocation;
    const name = requiredName(invocation, 'create priorityclass');
    const description = flags.text('description');
    const content = {
      metadata: { name },
      ...(description === '' ? {} : { description }),
      ...(flags.isTrue('global-default') ? { globalDefault: true } : {}),
      preemptionPolicy: flags.has('preemption-policy') ? flags.text('preemption-policy') : 'PreemptLowerPriority',
      value: flags.has('value') ? Number(flags.text('value')) : 0,
    };
    sendCreated(invocation, resources.PriorityClass, content, {
      done: 'created',
      fieldManager: 'kubectl-create',
      failure: 'failed to create priorityclass: ',
    });
  },
};
