import { parseQuantity } from '@kubedrill/cluster-sim';
import type { StringMap } from '@kubedrill/kube-model';
import { resources } from '@kubedrill/kube-model';
import { creationFlags, requiredName, sendCreated } from '../../created-object.ts';
import type { KubectlCommand } from '../../invocation.ts';
import { CommandError } from '../../invocation.ts';

/** pkg/cmd/create/create_quota.go. */
export const createQuota: KubectlCommand = {
  name: 'create quota',
  aliases: ['create resourcequota'],
  flags: { ...creationFlags, hard: { value: 'required' }, scopes: { value: 'required' } },
  run(invocation) {
    const { flags } = invocation;
    const name = requiredName(invocation, 'create quota');
    const hard = hardOf(flags.text('hard'));
    const scopes = scopesOf(flags.text('scopes'));
    const content = {
      metadata: { name },
      spec: { ...(hard ? { hard } : {}), ...(scopes.length > 0 ? { scopes } : {}) },
      status: {},
    };
    sendCreated(invocation, resources.ResourceQuota, content, {
      done: 'created',
      fieldManager: 'kubectl-create',
      failure: 'failed to create quota: ',
    });
  },
};

function hardOf(text: string): StringMap | undefined {
  if (text === '') return undefined;
  const pairs = text.split(',').map((statement): [string, string] => {
    const [name = '', value = '', ...more] = statement.split('=');
    if (!statement.includes('=') || more.length > 0)
      throw new CommandError(`error: Invalid argument syntax ${statement}, expected <resource>=<value>`);
    const parsed = parseQuantity(value);
    if (!parsed.ok) throw new CommandError(`error: ${parsed.message}`);
    return [name, parsed.quantity.text];
  });
  return Object.fromEntries(pairs);
}

function scopesOf(text: string): readonly string[] {
  const scopes = text === '' ? [] : text.split(',');
  if (scopes.includes('')) throw new CommandError('error: invalid resource quota scope ""');
  return scopes;
}
