import { kubectlServerSideApply } from '@kubedrill/cluster-sim';
import { dryRunFlag } from '../dry-run.ts';
import type { KubectlCommand } from '../invocation.ts';
import { CommandError } from '../invocation.ts';
import { fileFlag, manifestOptions, readManifests, reportDocuments } from '../manifests-argument.ts';

/** kubectl/pkg/cmd/apply/apply.go. */
export const apply: KubectlCommand = {
  name: 'apply',
  flags: {
    filename: fileFlag,
    output: { short: 'o', value: 'required' },
    'dry-run': dryRunFlag,
    'server-side': { value: 'none' },
    'force-conflicts': { value: 'none' },
    'field-manager': { value: 'required' },
  },
  run(invocation) {
    const { cluster, flags } = invocation;
    if (!flags.has('filename')) throw new CommandError('error: must specify one of -f and -k');
    const isServerSide = flags.isTrue('server-side');
    if (flags.isTrue('force-conflicts') && !isServerSide)
      throw new CommandError('error: --force-conflicts only works with --server-side');
    const options = manifestOptions(invocation);
    if (isServerSide && options.dryRun === 'client')
      throw new CommandError(
        "error: --dry-run=client doesn't work with --server-side (did you mean --dry-run=server instead?)",
      );
    const documents = readManifests(invocation);
    const applied = isServerSide
      ? kubectlServerSideApply(cluster, documents, {
          ...options,
          force: flags.isTrue('force-conflicts'),
          ...(flags.has('field-manager') ? { fieldManager: flags.text('field-manager') } : {}),
        })
      : cluster.apply(documents, options);
    reportDocuments(invocation, applied);
  },
};
