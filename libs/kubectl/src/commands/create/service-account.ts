import { resources } from '@kubedrill/kube-model';
import { creationFlags, requiredName, sendCreated } from '../../created-object.ts';
import type { KubectlCommand } from '../../invocation.ts';

/** pkg/cmd/create/create_serviceaccount.go. */
export const createServiceAccount: KubectlCommand = {
  name: 'create serviceaccount',
  aliases: ['create sa'],
  flags: creationFlags,
  run(invocation) {
    const content = { metadata: { name: requiredName(invocation, 'create serviceaccount') } };
    sendCreated(invocation, resources.ServiceAccount, content, {
      done: 'created',
      fieldManager: 'kubectl-create',
      failure: 'failed to create serviceaccount: ',
    });
  },
};
