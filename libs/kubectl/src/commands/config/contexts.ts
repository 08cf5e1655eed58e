import { quote } from '@kubedrill/cluster-sim';
import type { Invocation, KubectlCommand } from '../../invocation.ts';
import { CommandError } from '../../invocation.ts';
import { kubeconfigPath, readKubeconfig, textOf, writeKubeconfig } from '../../kubeconfig.ts';
import { layOutTable } from '../../text-table.ts';
import { unexpectedArguments } from './unexpected-arguments.ts';

const currentContext: KubectlCommand = {
  name: 'config current-context',
  flags: {},
  run({ console, flags, host }) {
    const config = readKubeconfig(flags, host);
    if (config.currentContext === '') throw new CommandError('error: current-context is not set');
    console.print(config.currentContext);
  },
};

const getContexts: KubectlCommand = {
  name: 'config get-contexts',
  flags: { 'no-headers': { value: 'none' }, output: { short: 'o', value: 'required' } },
  run({ console, flags, host, operands }) {
    const output = flags.text('output');
    if (output !== '' && output !== 'name')
      throw new CommandError(
        `error: --output ${output} is not available in kubectl config get-contexts; resetting to default output format`,
      );
    const { contexts, currentContext: current } = readKubeconfig(flags, host);
    const asked = operands.length === 0 ? [...contexts.keys()] : operands;
    const found = asked.filter((name) => contexts.has(name)).toSorted();
    const rows = found.map((name) => {
      const context = contexts.get(name);
      const fields = ['cluster', 'user', 'namespace'].map((field) => textOf(context, field));
      return output === 'name' ? [name] : [name === current ? '*' : ' ', name, ...fields];
    });
    const hasHeader = output !== 'name' && !flags.isTrue('no-headers');
    const header = hasHeader ? [['CURRENT', 'NAME', 'CLUSTER', 'AUTHINFO', 'NAMESPACE']] : [];
    for (const line of layOutTable([...header, ...rows])) console.print(line);
    for (const name of asked.filter((one) => !contexts.has(one))) console.fail(`error: context ${name} not found`);
  },
};

const useContext: KubectlCommand = {
  name: 'config use-context',
  aliases: ['config use'],
  flags: {},
  run({ console, flags, host, operands }) {
    const [name] = operands;
    if (name === undefined || operands.length !== 1) throw unexpectedArguments('config use-context', operands);
    const config = readKubeconfig(flags, host);
    if (name === '') throw new CommandError('error: empty context names are not allowed');
    if (!config.contexts.has(name)) throw new CommandError(`error: no context exists with the name: ${quote(name)}`);
    config.currentContext = name;
    writeKubeconfig(flags, host, config);
    console.print(`Switched to context ${quote(name)}.`);
  },
};

const setContext: KubectlCommand = {
  name: 'config set-context',
  flags: { current: { value: 'none' } },
  run({ console, flags, host, operands }) {
    if (operands.length > 1) throw unexpectedArguments('config set-context', operands);
    const [given = ''] = operands;
    const isCurrent = flags.isTrue('current');
    if (given === '' && !isCurrent)
      throw new CommandError('error: you must specify a non-empty context name or --current');
    if (given !== '' && isCurrent)
      throw new CommandError('error: you cannot specify both a context name and --current');
    const config = readKubeconfig(flags, host);
    const name = isCurrent ? config.currentContext : given;
    if (name === '') throw new CommandError('error: no current context is set');
    const before = config.contexts.get(name);
    const changed = ['cluster', 'user', 'namespace'].filter((field) => flags.has(field));
    const changes = Object.fromEntries(changed.map((field) => [field, flags.text(field)]));
    config.contexts.set(name, { ...before, ...changes });
    writeKubeconfig(flags, host, config);
    console.print(`Context ${quote(name)} ${before ? 'modified' : 'created'}.`);
  },
};

const renameContext: KubectlCommand = {
  name: 'config rename-context',
  flags: {},
  run({ console, flags, host, operands }) {
    const [from, to] = operands;
    if (from === undefined || to === undefined || operands.length !== 2)
      throw unexpectedArguments('config rename-context', operands);
    if (to === '') throw new CommandError('error: You must specify a new non-empty context name');
    const config = readKubeconfig(flags, host);
    const path = kubeconfigPath(flags, host);
    const context = config.contexts.get(from);
    const refusal = `error: cannot rename the context ${quote(from)}`;
    if (!context) throw new CommandError(`${refusal}, it's not in ${path}`);
    if (config.contexts.has(to))
      throw new CommandError(`${refusal}, the context ${quote(to)} already exists in ${path}`);
    config.contexts.delete(from);
    config.contexts.set(to, context);
    if (config.currentContext === from) config.currentContext = to;
    writeKubeconfig(flags, host, config);
    console.print(`Context ${quote(from)} renamed to ${quote(to)}.`);
  },
};

const deleteContext: KubectlCommand = {
  name: 'config delete-context',
  flags: {},
  run(invocation: Invocation) {
    const { console, flags, host, operands } = invocation;
    const [name] = operands;
    if (name === undefined || operands.length !== 1) return;
    const config = readKubeconfig(flags, host);
    const path = kubeconfigPath(flags, host);
    if (!config.contexts.has(name)) throw new CommandError(`error: cannot delete context ${name}, not in ${path}`);
    if (config.currentContext === name)
      console.note(
        'warning: this removed your active context, use "kubectl config use-context" to select a different one',
      );
    config.contexts.delete(name);
    writeKubeconfig(flags, host, config);
    console.print(`deleted context ${name} from ${path}`);
  },
};

export const contextCommands: readonly KubectlCommand[] = [
  currentContext,
  deleteContext,
  getContexts,
  renameContext,
  setContext,
  useContext,
];
