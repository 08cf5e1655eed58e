import type { Container, EnvVar } from '@kubedrill/kube-model';
import { CommandError, type Invocation, type KubectlCommand } from '../../invocation.ts';
import { hasFiles } from '../../manifest-files.ts';
import type { VisitedObject } from '../../resource-visit.ts';
import { readEnvironment, splitWords } from './env-arguments.ts';
import { referenceText, referencedValue } from './env-references.ts';
import { importedVariables } from './env-import.ts';
import { meantContainers, nameMatcher, withContainers, withPodSpec } from './pod-spec.ts';
import { localOnServer, selectedTwice, setFlags, setObjects, setPlace, targetsOf } from './set-objects.ts';

const text = { value: 'required' } as const;
const yesOrNo = { value: 'none' } as const;

/** kubectl/pkg/cmd/set/set_env.go. */
export const setEnv: KubectlCommand = {
  name: 'set env',
  flags: {
    ...setFlags,
    containers: { short: 'c', value: 'required' },
    env: { short: 'e', value: 'required' },
    from: text,
    keys: text,
    list: yesOrNo,
    overwrite: yesOrNo,
    prefix: text,
    resolve: yesOrNo,
    selector: { short: 'l', value: 'required' },
  },
  run(invocation) {
    const { flags, operands } = invocation;
    if (flags.isTrue('all') && flags.text('selector') !== '') throw new CommandError(`error: ${selectedTwice}`);
    const { resources, settings } = splitWords(operands);
    const place = setPlace(invocation);
    refuseContradictions(invocation, resources, place);
    const { added, removed } = readEnvironment(invocation, [...flags.all('env'), ...settings]);
    const imported = flags.text('from') === '' ? [] : importedVariables(invocation, place.isLocal);
    const prefix = flags.text('prefix');
    const variables = [...added, ...imported].map((variable) => ({ ...variable, name: prefix + variable.name }));
    const targets = targetsOf(invocation, resources, { ...place, refusesWords: false });
    const isEmpty = variables.length === 0 && settings.length === 0;
    const change = (target: VisitedObject): ReturnType<typeof withPodSpec> =>
      changeVariables(invocation, target, { added: variables, removed });
    if (flags.isTrue('list')) {
      for (const target of targets) change(target);
      return;
    }
    setObjects(invocation, targets, place, {
      change(target) {
        const changed = change(target);
        if (isEmpty && typeof changed !== 'string') return undefined;
        return changed;
      },
      done: 'env updated',
      failure: 'failed to patch env update to pod template: ',
    });
  },
};

function refuseContradictions(
  invocation: Invocation,
  resources: readonly string[],
  { isLocal, dryRun }: ReturnType<typeof setPlace>,
): void {
  const { flags } = invocation;
  if (isLocal && dryRun === 'server') throw new CommandError(`error: ${localOnServer}`);
  if (!hasFiles(invocation) && resources.length === 0)
    throw new CommandError('error: one or more resources must be specified as <resource> <name> or <resource>/<name>');
  if (flags.isTrue('list') && flags.text('output') !== '')
    throw new CommandError('error: --list and --output may not be specified together');
  if (flags.list('keys').length > 0 && flags.text('from') === '')
    throw new CommandError('error: when specifying --keys, a configmap or secret must be provided with --from');
}

interface VariableChange {
  readonly added: readonly EnvVar[];
  readonly removed: readonly string[];
}

function changeVariables(
  invocation: Invocation,
  target: VisitedObject,
  change: VariableChange,
): ReturnType<typeof withPodSpec> {
  const { console, flags } = invocation;
  const pattern = flags.has('containers') ? flags.text('containers') : '*';
  const isMeant = nameMatcher(pattern);
  const overwrites = !flags.has('overwrite') || flags.isTrue('overwrite');
  const { resource, name, object } = target;
  let conflict: string | undefined;
  const changed = withPodSpec(target, (spec) => {
    const meant = meantContainers(spec, isMeant);
    if (meant.length === 0)
      console.note(
        `Warning: ${resource.kind}/${name} does not have any containers matching ${JSON.stringify(pattern)}`,
      );
    if (!overwrites) conflict = meant.map((container) => overwritten(container, change)).find(Boolean);
    if (conflict !== undefined) return spec;
    if (flags.isTrue('list'))
      for (const container of meant) {
        console.print(`# ${resource.kind} ${name}, container ${container.name}`);
        listVariables(invocation, object, withVariables(container, change));
      }
    return withContainers(spec, isMeant, (container) => withVariables(container, change));
  });
  return conflict ?? changed;
}

function overwritten({ env = [] }: Container, { added }: VariableChange): string | undefined {
  for (const { name, value = '' } of added) {
    const current = env.find((variable) => variable.name === name);
    if (current && (current.value ?? '') !== value)
      return `'${name}' already has a value (${current.value ?? ''}), and --overwrite is false`;
  }
  return undefined;
}

/** kubectl/pkg/cmd/set/helper.go updateEnv: what is removed is not added. */
function withVariables(container: Container, { added, removed }: VariableChange): Container {
  const covered = new Set(removed);
  const kept: EnvVar[] = [];
  for (const variable of container.env ?? []) {
    if (covered.has(variable.name)) continue;
    const newer = added.find(({ name }) => name === variable.name);
    if (newer) covered.add(newer.name);
    kept.push(newer ?? variable);
  }
  for (const variable of added) {
    if (covered.has(variable.name)) continue;
    covered.add(variable.name);
    kept.push(variable);
  }
  const { env: _before, ...rest } = container;
  return kept.length === 0 ? rest : { ...rest, env: kept };
}

function listVariables(invocation: Invocation, object: VisitedObject['object'], container: Container): void {
  const { console, flags } = invocation;
  const failures = new Map<string, string[]>();
  for (const { name, value = '', valueFrom } of container.env ?? []) {
    if (!valueFrom) {
      console.print(`${name}=${value}`);
      continue;
    }
    const found = flags.isTrue('resolve') ? referencedValue(invocation, valueFrom, object, container) : undefined;
    if (found?.ok) console.print(`${name}=${found.value}`);
    else console.print(`# ${name} from ${referenceText(valueFrom)}`);
    if (found?.ok === false) failures.set(found.message, [...(failures.get(found.message) ?? []), name]);
  }
  const lines = [...failures].map(
    ([message, names]) => `error retrieving reference for ${names.toSorted().join(', ')}: ${message}`,
  );
  for (const line of lines.sort()) console.note(line);
}
