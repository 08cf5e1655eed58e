import { commandGroup, helpfulGroup } from '../command-group.ts';
import type { Invocation, KubectlCommand } from '../invocation.ts';
import { CommandError, NotModelled, usageError } from '../invocation.ts';
import { filenameFlags, hasFiles, refuseKustomization } from '../manifest-files.ts';
import { printFlags } from '../print-flags.ts';

/** Commands for what is not there: plugins, alpha commands, certificates to be signed, shells to complete in. */

const alpha: KubectlCommand = {
  name: 'alpha',
  flags: {},
  run({ console }) {
    console.note('No alpha commands are available in this version of kubectl');
  },
};

/** kubectl/pkg/cmd/completion/completion.go. */
const completion: KubectlCommand = {
  name: 'completion',
  flags: {},
  run({ operands }) {
    const [shell] = operands;
    if (shell === undefined) throw usageError('completion', 'Shell not specified.');
    if (operands.length > 1) throw usageError('completion', 'Too many arguments. Expected only the shell type.');
    if (!['bash', 'zsh', 'fish', 'powershell'].includes(shell))
      throw usageError('completion', `Unsupported shell type ${JSON.stringify(shell)}.`);
    throw new NotModelled(`kubectl completion ${shell}`);
  },
};

/** kubectl/pkg/cmd/plugin/plugin.go. */
const pluginList: KubectlCommand = {
  name: 'plugin list',
  flags: { 'name-only': { value: 'none' } },
  run() {
    throw new CommandError('error: unable to find any kubectl plugins in your PATH');
  },
};

/** sigs.k8s.io/kustomize/kustomize/v5/commands/build: as far as it finds nothing to build. */
const kustomize: KubectlCommand = {
  name: 'kustomize',
  flags: {
    'as-current-user': { value: 'none' },
    'enable-alpha-plugins': { value: 'none' },
    'enable-helm': { value: 'none' },
    env: { short: 'e', value: 'required' },
    'helm-api-versions': { value: 'required' },
    'helm-command': { value: 'required' },
    'helm-debug': { value: 'none' },
    'helm-kube-version': { value: 'required' },
    'load-restrictor': { value: 'required' },
    mount: { value: 'required' },
    network: { value: 'none' },
    'network-name': { value: 'required' },
    output: { short: 'o', value: 'required' },
  },
  run(invocation) {
    const { operands } = invocation;
    if (operands.length > 1) throw new CommandError('error: specify one path to kustomization.yaml');
    throw refuseKustomization(invocation, operands[0] ?? '.');
  },
};

/** kubectl/pkg/cmd/certificates/certificates.go: the cluster has no signing requests. */
function certificateCommand(name: string): KubectlCommand {
  return {
    name: `certificate ${name}`,
    flags: { ...printFlags, ...filenameFlags, force: { value: 'none' } },
    run(invocation: Invocation) {
      const { operands } = invocation;
      if (hasFiles(invocation)) throw new NotModelled('a CertificateSigningRequest');
      if (operands.length === 0)
        throw new CommandError('error: one or more CSRs must be specified as <name> or -f <filename>');
      throw new CommandError(
        operands.map((word) => `Error from server (NotFound): ${signingRequests} "${word}" not found`).join('\n'),
      );
    },
  };
}

const signingRequests = 'certificatesigningrequests.certificates.k8s.io';

export const absentCommands: readonly KubectlCommand[] = [
  alpha,
  completion,
  commandGroup('plugin'),
  pluginList,
  kustomize,
  helpfulGroup('certificate'),
  certificateCommand('approve'),
  certificateCommand('deny'),
  commandGroup('kuberc'),
];
