import { kubectlCreate } from '@kubedrill/cluster-sim';
import { creationFlags } from '../../created-object.ts';
import type { KubectlCommand } from '../../invocation.ts';
import { CommandError, usageError } from '../../invocation.ts';
import { fileFlag, manifestOptions, readManifests, reportDocuments } from '../../manifests-argument.ts';

/** kubectl/pkg/cmd/create/create.go: `create -f`. */
export const create: KubectlCommand = {
  name: 'create',
  flags: { ...creationFlags, filename: fileFlag },
  run(invocation) {
    const { operands } = invocation;
    if (operands.length > 0) throw usageError('create', `Unexpected args: [${operands.join(' ')}]`);
    if (!invocation.flags.has('filename')) throw new CommandError('error: must specify one of -f and -k');
    const documents = readManifests(invocation);
    reportDocuments(invocation, kubectlCreate(invocation.cluster, documents, manifestOptions(invocation)));
  },
};
