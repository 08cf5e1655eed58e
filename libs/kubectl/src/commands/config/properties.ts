import { quote } from '@kubedrill/cluster-sim';
import type { Invocation, KubectlCommand } from '../../invocation.ts';
import { CommandError } from '../../invocation.ts';
import type { Kubeconfig, KubeconfigPart } from '../../kubeconfig.ts';
import { readKubeconfig, writeKubeconfig } from '../../kubeconfig.ts';
import { unexpectedArguments } from './unexpected-arguments.ts';

const parts: readonly KubeconfigPart[] = ['clusters', 'users', 'contexts'];

const set: KubectlCommand = {
  name: 'config set',
  flags: { 'set-raw-bytes': { value: { whenBare: 'true' }, type: 'bool' } },
  run(invocation) {
    const { console, operands } = invocation;
    const [name, value] = operands;
    if (name === undefined || value === undefined || operands.length !== 2)
      throw unexpectedArguments('config set', operands);
    if (value === '') throw new CommandError('error: you cannot use set to unset a property');
    if (name === '') throw new CommandError('error: you must specify a property');
    change(invocation, name, value);
    console.print(`Property ${quote(name)} set.`);
  },
};

const unset: KubectlCommand = {
  name: 'config unset',
  flags: {},
  run(invocation) {
    const { console, operands } = invocation;
    const [name] = operands;
    if (name === undefined || operands.length !== 1) throw unexpectedArguments('config unset', operands);
    if (name === '') throw new CommandError('error: you must specify a property');
    change(invocation, name, undefined);
    console.print(`Property ${quote(name)} unset.`);
  },
};

export const propertyCommands: readonly KubectlCommand[] = [set, unset];

function change({ flags, host }: Invocation, name: string, value: string | undefined): void {
  const config = readKubeconfig(flags, host);
  changeProperty(config, name, value);
  writeKubeconfig(flags, host, config);
}

/** set.go modifyConfig; navigation_step_parser.go: names of elements may have dots. */
function changeProperty(config: Kubeconfig, name: string, value: string | undefined): void {
  if (name === 'current-context') {
    config.currentContext = value ?? '';
    return;
  }
  const part = parts.find((known) => name === known || name.startsWith(`${known}.`));
  if (!part) throw new CommandError(`error: unable to parse ${name} after [] at api.Config`);
  const elements = config[part];
  const rest = name.slice(part.length + 1);
  if (rest === '' && value === undefined) return elements.clear();
  const field = rest.lastIndexOf('.');
  const isWhole = elements.has(rest) || field < 0;
  if (isWhole && value !== undefined) throw new CommandError("error: can't set a map to a value");
  if (isWhole) {
    elements.delete(rest);
    return undefined;
  }
  const element = rest.slice(0, field);
  const before = elements.get(element);
  if (!before && value === undefined) throw new CommandError(`error: current map key \`${element}\` is invalid`);
  const { [rest.slice(field + 1)]: _replaced, ...others } = before ?? {};
  elements.set(element, value === undefined ? others : { ...others, [rest.slice(field + 1)]: value });
  return undefined;
}
