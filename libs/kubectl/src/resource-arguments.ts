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
  resources.ReplicationController,
  resources.Service,
  resources.DaemonSet,
  resources.Deployment,
  resources.ReplicaSet,
  resources.StatefulSet,
  resources.HorizontalPodAutoscaler,
  resources.CronJob,
  resources.Job,
];

const nothingNamed = `error: You must provide one or more resources by argument or filename.
Example resource specifications include:
   '-f rsrc.yaml'
   '--filename=rsrc.json'
   '<resource> <name>'
   '<resource>'`;

/** cli-runtime/pkg/resource/builder.go ResourceTypeOrNameArgs. */
export function readResourceArguments(given: readonly string[]): ResourceSelection {
  const words = splitTypes(given);
  const slashes = words.filter((word) => word.includes('/')).length;
  if (slashes > 0) return tuples(words, slashes);
  const [first = '', ...names] = words;
  if (first === '') throw new CommandError(nothingNamed);
  const types = [...new Set(first.split(',').flatMap((word) => (word === 'all' ? all : [resourceNamed(word)])))];
  if (names.length > 0 && types.length > 1) throw new CommandError('error: you must specify only one resource');
  const objects = types.flatMap((resource) => names.map((name) => ({ resource, name })));
  return { types, objects, isTupled: false };
}

/** normalizeMultipleResourcesArgs: "a,b c" is a/c and b/c. */
function splitTypes(words: readonly string[]): readonly string[] {
  const [first = '', ...names] = words;
  const types = [...new Set(first.split(','))];
  return names.length === 0 || types.length < 2
    ? words
    : types.flatMap((type) => names.map((name) => `${type}/${name}`));
}

function tuples(words: readonly string[], slashes: number): ResourceSelection {
  if (slashes < words.length)
    throw new CommandError(
      "error: there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'",
    );
  const pairs = words.map((word) => {
    const parts = word.split('/');
    const [type = '', name = ''] = parts;
    if (parts.length > 2)
      throw new CommandError('error: arguments in resource/name form may not have more than one slash');
    if (type === '' || name === '' || type.includes(','))
      throw new CommandError('error: arguments in resource/name form must have a single resource and name');
    return { type, name };
  });
  const objects = pairs.map(({ type, name }) => ({ resource: resourceNamed(type), name }));
  return { types: [...new Set(objects.map(({ resource }) => resource))], objects, isTupled: true };
}

/** client-go/restmapper/shortcut.go: the one short name that two groups have. */
const sharedShortName = 'ev';

/** What is to be said of short names that could mean something else. */
export function ambiguousNames(words: readonly string[]): readonly string[] {
  const types = words.flatMap((word, at) =>
    at === 0 || word.includes('/') ? (word.split('/')[0] ?? '').split(',') : [],
  );
  return types.includes(sharedShortName)
    ? [`short name "${sharedShortName}" could also match lower priority resource events.events.k8s.io`]
    : [];
}

const known: readonly ResourceInfo[] = Object.values(resources);

/** mappingFor: by plural, singular or short name, with or without version and group, of which a part will do. */
export function resourceNamed(word: string): ResourceInfo {
  const found = findResource(word);
  if (!found) throw unknownType(word);
  return found;
}

function unknownType(word: string): CommandError {
  return new CommandError(`error: the server doesn't have a resource type ${quote(word.split('.', 1)[0] ?? '')}`);
}

/** helpers.go checkErr of a NoResourceMatchError, which says no "error:". */
export function noResourceMatch(word: string): CommandError {
  return new CommandError(`the server doesn't have a resource type ${quote(word)}`);
}

export function findResource(word: string): ResourceInfo | undefined {
  const [typed = '', ...qualifiers] = word.split('.');
  const name = typed.toLowerCase();
  const named = known.filter(
    ({ plural, singular, shortNames }) => plural === name || singular === name || shortNames.includes(typed),
  );
  if (qualifiers.length === 0) return named[0];
  const [version = '', ...group] = qualifiers;
  return (
    (group.length > 0 && inGroup(named, group.join('.'), version)) || inGroup(named, qualifiers.join('.')) || undefined
  );
}

function inGroup(named: readonly ResourceInfo[], group: string, version?: string): ResourceInfo | undefined {
  const ofVersion = named.filter((resource) => version === undefined || resource.version === version);
  if (group === '') return ofVersion.find((resource) => resource.group === '');
  return (
    ofVersion.find((resource) => resource.group === group) ??
    ofVersion.find((resource) => resource.group.startsWith(group))
  );
}

/** "deployment.apps", "service": how kubectl writes a type beside a name. */
export function typeText({ singular, group }: ResourceInfo): string {
  return group === '' ? singular : `${singular}.${group}`;
}
