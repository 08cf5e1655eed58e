import { environmentVariableName } from '@kubedrill/cluster-sim';
import type { EnvVar } from '@kubedrill/kube-model';
import { CommandError, type Invocation } from '../../invocation.ts';

export interface EnvWords {
  readonly resources: readonly string[];
  readonly settings: readonly string[];
}

/** kubectl/pkg/cmd/set/env SplitEnvironmentFromResources: "KEY=VALUE" sets, "KEY-" removes. */
export function splitWords(words: readonly string[]): EnvWords {
  const isSetting = (word: string): boolean => /^[^]+=[^]*$/.test(word) || word.endsWith('-');
  const first = words.findIndex(isSetting);
  if (first < 0) return { resources: words, settings: [] };
  const settings = words.slice(first);
  if (!settings.every(isSetting))
    throw new CommandError(`error: all resources must be specified before environment changes: ${words.join(' ')}`);
  return { resources: words.slice(0, first), settings };
}

export interface EnvironmentChange {
  readonly added: readonly EnvVar[];
  readonly removed: readonly string[];
}

/** ParseEnv; "-" stands for what standard input holds. */
export function readEnvironment({ stdin }: Pick<Invocation, 'stdin'>, settings: readonly string[]): EnvironmentChange {
  const added: EnvVar[] = [];
  const removed: string[] = [];
  const set = new Set<string>();
  for (const setting of settings)
    if (setting === '-') added.push(...stdin.split('\n').flatMap(lineOfInput));
    else if (setting.includes('=')) {
      const variable = variableOf(setting);
      const problems = environmentVariableName(variable.name);
      if (problems.length > 0)
        throw new CommandError(
          `error: ${JSON.stringify(variable.name)} is not a valid key name: ${problems.join(';')}`,
        );
      set.add(variable.name);
      added.push(variable);
    } else if (setting.endsWith('-')) removed.push(setting.slice(0, -1));
    else throw new CommandError(`error: unknown environment variable: ${setting}`);
  if (removed.some((name) => set.has(name)))
    throw new CommandError('error: can not both modify and remove the same environment variable in the same command');
  return { added, removed };
}

function lineOfInput(line: string): readonly EnvVar[] {
  const [setting = ''] = line.split('#');
  return setting.includes('=') ? [variableOf(setting)] : [];
}

function variableOf(setting: string): EnvVar {
  const equals = setting.indexOf('=');
  const [name, value] = [setting.slice(0, equals), setting.slice(equals + 1)];
  return value === '' ? { name } : { name, value };
}
