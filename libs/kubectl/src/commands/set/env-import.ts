import type { ConfigMap, EnvVar, Secret } from '@kubedrill/kube-model';
import { CommandError, type Invocation } from '../../invocation.ts';
import { targetsOf } from './set-objects.ts';

/** --from: a reference to each key of ConfigMaps and Secrets, in the order of the keys. */
export function importedVariables(invocation: Invocation, isLocal: boolean): readonly EnvVar[] {
  const { console, flags } = invocation;
  const keys = flags.list('keys');
  return targetsOf(invocation, [flags.text('from')], { isLocal, refusesWords: false }).flatMap(({ object }) => {
    const source = object as unknown as ConfigMap | Secret;
    if (source.kind !== 'ConfigMap' && source.kind !== 'Secret')
      throw new CommandError('error: unsupported resource specified in --from');
    const chosen = Object.keys(source.data ?? {}).filter((key) => keys.length === 0 || keys.includes(key));
    return chosen.sort().map((key): EnvVar => {
      const name = key.replace(/[^a-zA-Z0-9_]/g, '_').toUpperCase();
      if (name !== key) console.note(`Warning: key ${key} transferred to ${name}`);
      const reference = { name: source.metadata.name, key };
      return {
        name,
        valueFrom: source.kind === 'Secret' ? { secretKeyRef: reference } : { configMapKeyRef: reference },
      };
    });
  });
}
