import type { StringMap } from '@kubedrill/kube-model';
import { CommandError } from './invocation.ts';

/** kubectl/pkg/generate ParseLabels: "a=b,c=d". */
export function parseLabelSpec(spec: string): StringMap {
  const pairs = spec.split(',').map((pair): [string, string] => {
    const [key = '', value, ...more] = pair.split('=');
    if (value === undefined || more.length > 0) throw new CommandError(`error: unexpected label spec: ${pair}`);
    if (key === '') throw new CommandError('error: unexpected empty label key');
    return [key, value];
  });
  return Object.fromEntries(pairs);
}
