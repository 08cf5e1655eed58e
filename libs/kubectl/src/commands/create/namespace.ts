import { resources } from '@kubedrill/kube-model';
import { creationFlags, requiredName, sendCreated } from '../../created-object.ts';
import type { KubectlCommand } from '../../invocation.ts';

/** pkg/cmd/create/create_namespace.go. */
export const createNamespace: KubectlCommand = {
  name: 'create namespace',
  aliases: ['create ns'],
  flags: creationFlags,
  run(invocation) {
    const content = { metadata: { name: requiredName(invocation, 'create namespace') }, spec: {}, status: {} };
    sendCreated(invocation, resources.Namespace, content, { done: 'created', fieldManager: 'kubectl-create' });
  },
};
