import { CommandError } from '../../invocation.ts';

export interface ResourcesAndPairs {
  readonly resources: readonly string[];
  readonly pairs: readonly string[];
}

/** kubectl/pkg/cmd/util/helpers.go GetResourcesAndPairs. */
export function resourcesAndPairs(words: readonly string[], type: string): ResourcesAndPairs {
  const isPair = (word: string): boolean =>
    (word.includes('=') && !word.startsWith('=')) || (word.endsWith('-') && word !== '-');
  const first = words.findIndex(isPair);
  const [resources, pairs] = first < 0 ? [words, []] : [words.slice(0, first), words.slice(first)];
  const stray = pairs.find((word) => !isPair(word));
  if (stray !== undefined)
    throw new CommandError(`error: all resources must be specified before ${type} changes: ${stray}`);
  return { resources, pairs };
}

/** helpers.go ParsePairs: of one key, the last value. */
export function parsePairs(pairs: readonly string[], type: string): ReadonlyMap<string, string> {
  const invalid = pairs.filter((pair) => pair.indexOf('=') <= 0);
  if (invalid.length > 0) throw new CommandError(`error: invalid ${type} format: ${invalid.join(', ')}`);
  return new Map(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));
}
