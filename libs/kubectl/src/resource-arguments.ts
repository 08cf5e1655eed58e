import { quote } from '@kubedrill/cluster-sim';
import type { ResourceInfo } from '@kubedrill/kube-model';
import { resources } from '@kubedrill/kube-model';
import { CommandError } from './invocation.ts';

/** What the words of a command line name: whole types, or objects of them. */
export interface ResourceSelection {
  readonly types: readonly ResourceInfo[];
  /** Empty: everything of the types. */
  readonly objects: readonly NamedResource[];
  /** The words were of the form TYPE/NAME. */
  readonly isTupled: boolean;
}

export interface NamedResource {
  readonly resource: ResourceInfo;
  readonly name: string;
}

/** apiserver's category "all", in the order of discovery. */
const all: readonly ResourceInfo[] = [
  resources.Pod,
  resources.Service,
  resources.DaemonSet,
  resources.Deployment,
  resources.ReplicaSet,
  resources.StatefulSet,
  resources.CronJob,
  resources.Job,
];

/** cli-runtime/pkg/resource/builder.go ResourceTypeOrNameArgs. */
export function readResourceArguments(words: readonly string[]): ResourceSelection {
  const [first = '', ...names] = words;
  if (words.some((word) => word.includes('/'))) return tuples(words);
  if (first === '') throw new CommandError('error: You must provide one or more resources by argument or filename.');
  const types = first.split(',').flatMap((word) => (word === 'all' ? all : [resourceNamed(word)]));
  const objects = types.flatMap((resource) => [...new Set(names)].map((name) => ({ resource, name })));
  return { types, objects, isTupled: false };
}

function tuples(words: readonly string[]): ResourceSelection {
  const objects = words.map((word) => {
    const parts = word.split('/');
    const [type = '', name = ''] = parts;
    if (parts.length === 1)
      throw new CommandError(
        "error: there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'",
      );
    if (parts.length > 2 || type === '' || name === '')
      throw new CommandError(`error: arguments in resource/name form must have a single resource and name`);
    return { resource: resourceNamed(type), name };
  });
  return { types: [...new Set(objects.map(({ resource }) => resource))], objects, isTupled: true };
}

/** By plural, singular or short name, with or without version and group; case does not matter. */
export function resourceNamed(word: string): ResourceInfo {
  const lower = word.toLowerCase();
  const found = Object.values(resources).find((info) => namesOf(info).includes(lower));
  if (!found) throw new CommandError(`error: the server doesn't have a resource type ${quote(word)}`);
  return found;
}

function namesOf({ plural, singular, shortNames, group, version }: ResourceInfo): readonly string[] {
  const qualified = [plural, singular].flatMap((name) => [`${name}.${version}.${group}`, `${name}.${group}`]);
  return [plural, singular, ...shortNames, ...(group === '' ? [] : qualified)];
}

/** "deployment.apps", "service": how kubectl writes a type beside a name. */
export function typeText({ singular, group }: ResourceInfo): string {
  return group === '' ? singular : `${singular}.${group}`;
}
