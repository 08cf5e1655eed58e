import { resources } from '@kubedrill/kube-model';
import { creationFlags, requiredName, sendCreated } from '../../created-object.ts';
import type { DataWords } from '../../file-data.ts';
import { dataFlags, FileData } from '../../file-data.ts';
import type { KubectlCommand } from '../../invocation.ts';
import { CommandError } from '../../invocation.ts';
import { nameHash } from '../../name-hash.ts';

/** pkg/cmd/create/create_configmap.go. */
export const createConfigMap: KubectlCommand = {
  name: 'create configmap',
  aliases: ['create cm'],
  flags: { ...creationFlags, ...dataFlags },
  run(invocation) {
    const { flags } = invocation;
    const name = requiredName(invocation, 'create configmap');
    if (flags.list('from-env-file').length > 0 && (flags.has('from-file') || flags.has('from-literal')))
      throw new CommandError('error: from-env-file cannot be combined with from-file or from-literal');
    const source = new FileData(invocation, wordsFor(name));
    source.addFiles(flags.list('from-file'));
    source.addLiterals(flags.all('from-literal'));
    source.addEnvironmentFiles(flags.list('from-env-file'));
    const data = Object.fromEntries(source.entries);
    const suffix = flags.isTrue('append-hash') ? `-${nameHash({ kind: 'ConfigMap', name, data })}` : '';
    const content = { metadata: { name: name + suffix }, ...(source.entries.size > 0 ? { data } : {}) };
    sendCreated(invocation, resources.ConfigMap, content, {
      done: 'created',
      fieldManager: 'kubectl-create',
      failure: 'failed to create configmap: ',
    });
  },
};

function wordsFor(name: string): DataWords {
  return {
    invalidKey: (key, problems) =>
      `${JSON.stringify(key)} is not a valid key name for a ConfigMap: ${problems.join(',')}`,
    doubledKey: (key) =>
      `cannot add key ${JSON.stringify(key)}, another key by that name already exists in Data for ConfigMap ${JSON.stringify(name)}`,
    isDirectory: 'env config file cannot be a directory',
  };
}
