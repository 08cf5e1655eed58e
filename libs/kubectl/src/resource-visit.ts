import {
  failure,
  matchesLabels,
  parseLabelSelector,
  type ApiStatus,
  type FieldValidation,
  type Subresource,
} from '@kubedrill/cluster-sim';
import type { JsonObject, KubeObject, ResourceInfo } from '@kubedrill/kube-model';
import { isJsonObject } from '@kubedrill/kube-model';
import type { Fault } from './fault.ts';
import { fault, isNotFound, refusal, several } from './fault.ts';
import type { Flags, FlagSet } from './flags.ts';
import { listRefusal, missingNamespace, shownObject } from './found-objects.ts';
import type { Invocation } from './invocation.ts';
import { CommandError } from './invocation.ts';
import { hasFiles, readManifestFiles } from './manifest-files.ts';
import type { ManifestEntry } from './manifest-objects.ts';
import { readManifestObjects } from './manifest-objects.ts';
import type { ResourceSelection } from './resource-arguments.ts';
import { ambiguousNames, readResourceArguments } from './resource-arguments.ts';

/** What a command works on, one object after the other: cli-runtime/pkg/resource.Info. */
export interface VisitedObject extends ManifestEntry {
  /** '' where no file named it. */
  readonly source: string;
  /** With apiVersion and kind; without anything else where it was not fetched. */
  readonly object: JsonObject;
}

/** cli-runtime/pkg/resource.Builder. */
export interface VisitOptions {
  /** Types and names; default the operands. */
  readonly words?: readonly string[];
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  readonly all?: boolean;
  readonly allNamespaces?: boolean;
  /** A type without names stands for all of its objects. */
  readonly allowsEmptySelector?: boolean;
  readonly isLocal?: boolean;
  /** What files name is fetched. */
  readonly latest?: boolean;
  /** Default true: what is named is fetched. */
  readonly requiresObject?: boolean;
  readonly subresource?: Subresource | undefined;
  readonly fieldValidation?: FieldValidation;
  /** Without ContinueOnError: the first fault ends the visit. */
  readonly stopsAtFault?: boolean;
}

export const visitFlags: FlagSet = {
  selector: { short: 'l', value: 'required' },
  'field-selector': { value: 'required' },
  all: { value: 'none' },
  'all-namespaces': { short: 'A', value: 'none' },
};

export function selectionOf({ flags }: Invocation): VisitOptions {
  return {
    labelSelector: flags.text('selector'),
    fieldSelector: flags.text('field-selector'),
    all: flags.isTrue('all'),
    allNamespaces: flags.isTrue('all-namespaces'),
  };
}

/** --subresource as it is given: which there are is the server's to say. */
export function subresourceOf(flags: Flags): Subresource | undefined {
  const text = flags.text('subresource');
  return text === '' ? undefined : (text as Subresource);
}

/** Objects that are still to be looked at, and what went wrong on the way to others. */
export interface Visits {
  readonly targets: readonly VisitedObject[];
  readonly faults: readonly Fault[];
  /** One object was named, not a list or a selection. */
  readonly isSingle: boolean;
}

/** Do: finds what is meant; refuses what cannot be meant. */
export function findVisits(invocation: Invocation, options: VisitOptions): Visits {
  const words = options.words ?? invocation.operands;
  if (hasFiles(invocation)) return visitsOfFiles(invocation, words, options);
  const { labelSelector = '', fieldSelector = '', all = false } = options;
  if (words.length === 0) throw missingResource();
  invocation.console.warn(ambiguousNames(words));
  const selection = readResourceArguments(words);
  const isSelecting =
    labelSelector !== '' ||
    fieldSelector !== '' ||
    all ||
    (options.allowsEmptySelector === true && selection.objects.length === 0);
  if (isSelecting) return visitsOfSelector(invocation, selection, options);
  if (selection.objects.length === 0)
    throw new CommandError('error: resource(s) were provided, but no name was specified');
  if (options.allNamespaces === true && selection.types.some(({ namespaced }) => namespaced))
    throw new CommandError('error: a resource cannot be retrieved by name across all namespaces');
  const targets = selection.objects.map(({ resource, name }) => ({
    resource,
    namespace: resource.namespaced ? invocation.namespace : '',
    name,
    source: '',
    object: {},
  }));
  return { targets, faults: [], isSingle: targets.length === 1 };
}

export type Visit = (target: VisitedObject) => Fault | undefined;

/** Visit: goes on after a fault; what went wrong is told at the end. */
export function visitAll(
  invocation: Invocation,
  { targets, faults }: Pick<Visits, 'targets' | 'faults'>,
  options: VisitOptions,
  visit: Visit,
): Fault | undefined {
  const met: Fault[] = [];
  for (const target of targets) {
    const complete = withObject(invocation, target, options);
    const problem = 'kind' in complete ? complete : visit(complete);
    if (problem) met.push(problem);
    if (problem && options.stopsAtFault === true) return problem;
  }
  const unreached = several(faults);
  return several(unreached ? [...met, unreached] : met);
}

/** A kubectl that ignores what is not there. */
export function withoutMissing(one: Fault | undefined): Fault | undefined {
  if (!one) return undefined;
  if (one.kind !== 'several') return isNotFound(one) ? undefined : one;
  return several(one.faults.flatMap((inner) => withoutMissing(inner) ?? []));
}

function missingResource(): CommandError {
  return new CommandError(
    [
      'error: You must provide one or more resources by argument or filename.',
      'Example resource specifications include:',
      "   '-f rsrc.yaml'",
      "   '--filename=rsrc.json'",
      "   '<resource> <name>'",
      "   '<resource>'",
    ].join('\n'),
  );
}

function visitsOfFiles(invocation: Invocation, words: readonly string[], options: VisitOptions): Visits {
  const texts = readManifestFiles(invocation);
  if (words.length > 0) readResourceArguments(words);
  if (words.some((word) => word.includes('/')))
    throw new CommandError('error: resource/name arguments cannot be provided when a path is specified');
  if (words.length > 0)
    throw new CommandError(
      'error: when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well',
    );
  const { isLocal = false, fieldValidation } = options;
  const { entries, faults } = readManifestObjects(texts, { isLocal, fieldValidation });
  const selects = labelFilter(options.labelSelector ?? '');
  const targets: VisitedObject[] = [];
  const misplaced: Fault[] = [];
  for (const entry of entries) {
    const placed = inNamespace(invocation, entry, isLocal);
    if ('kind' in placed) misplaced.push(placed);
    else if (selects(placed.object)) targets.push(placed);
  }
  const isSingle = texts.length === 1 && texts[0]?.source !== 'STDIN' && entries.length === 1;
  return { targets, faults: [...misplaced, ...faults], isSingle };
}

function labelFilter(selector: string): (object: JsonObject) => boolean {
  if (selector === '') return () => true;
  const parsed = parseLabelSelector(selector);
  if (!parsed.ok)
    throw new CommandError(`error: the provided selector ${JSON.stringify(selector)} is not valid: ${parsed.message}`);
  return ({ metadata }) => {
    const labels = isJsonObject(metadata) && isJsonObject(metadata.labels) ? metadata.labels : {};
    const texts = Object.entries(labels).filter((pair): pair is [string, string] => typeof pair[1] === 'string');
    return matchesLabels(parsed.requirements, Object.fromEntries(texts));
  };
}

/** visitor.go SetNamespace, RequireNamespace, FilterNamespace. */
function inNamespace(invocation: Invocation, entry: ManifestEntry, isLocal: boolean): VisitedObject | Fault {
  const { resource, object, namespace: own } = entry;
  const metadata = isJsonObject(object.metadata) ? object.metadata : {};
  if (isLocal && own === '') return entry;
  if (!resource.namespaced) {
    const { namespace: _, ...rest } = metadata;
    return { ...entry, namespace: '', object: own === '' ? object : { ...object, metadata: rest } };
  }
  const { namespace } = invocation;
  if (own === '') return { ...entry, namespace, object: { ...object, metadata: { ...metadata, namespace } } };
  if (invocation.isNamespaceGiven && own !== namespace)
    return fault(
      `the namespace from the provided object ${JSON.stringify(own)} does not match the namespace ${JSON.stringify(namespace)}. You must pass '--namespace=${own}' to perform this operation.`,
    );
  return entry;
}

function visitsOfSelector(invocation: Invocation, selection: ResourceSelection, options: VisitOptions): Visits {
  if (selection.objects.length > 0)
    throw new CommandError(
      selection.isTupled
        ? 'error: selectors and the all flag cannot be used when passing resource/name arguments'
        : 'error: name cannot be provided when a selector is specified',
    );
  if (options.subresource !== undefined)
    throw new CommandError('error: subresource cannot be used when bulk resources are specified');
  const { cluster, console } = invocation;
  const targets: VisitedObject[] = [];
  const faults: Fault[] = [];
  for (const resource of new Set(selection.types)) {
    const namespace = resource.namespaced && options.allNamespaces !== true ? invocation.namespace : '';
    const { labelSelector = '', fieldSelector = '' } = options;
    const response = cluster.api.handle({ verb: 'list', resource, namespace, labelSelector, fieldSelector });
    console.warn(response.warnings);
    if (!response.ok) faults.push(refusal(listRefusal(response.status, resource, labelSelector, fieldSelector)));
    else if ('items' in response) for (const object of response.items) targets.push(listedObject(resource, object));
  }
  return { targets, faults, isSingle: false };
}

function listedObject(resource: ResourceInfo, object: KubeObject): VisitedObject {
  const { name, namespace = '' } = object.metadata;
  return { resource, namespace, name, source: '', object: shownObject({ resource, object }) };
}

/** visitor.go RetrieveLatest and RetrieveLazy. */
function withObject(invocation: Invocation, target: VisitedObject, options: VisitOptions): VisitedObject | Fault {
  const { isLocal = false, latest = false, requiresObject = true } = options;
  const isFetched = 'kind' in target.object;
  if (isLocal || (isFetched && !(latest && target.source !== '')) || (!isFetched && !requiresObject)) return target;
  return fetchObject(invocation, target, options.subresource);
}

/** Info.Get: of an object that is not there, whether its namespace is. */
export function fetchObject(
  invocation: Invocation,
  target: VisitedObject,
  subresource?: Subresource,
): VisitedObject | Fault {
  const { cluster, console } = invocation;
  const { resource, namespace, name } = target;
  if (resource.version === '') return refusal(noSuchResource);
  if (name === '') return fault('resource name may not be empty');
  const response = cluster.api.handle({ verb: 'get', resource, namespace, name, ...(subresource && { subresource }) });
  console.warn(response.warnings);
  if (response.ok) {
    if (!('object' in response)) throw new Error('the API server answered a get with a list');
    return { ...target, object: shownAs(resource, response.object) };
  }
  const place = response.status.reason === 'NotFound' ? missingNamespace(invocation, namespace) : undefined;
  return refusal(place ?? response.status);
}

/** Of a path that the server does not serve. */
export const noSuchResource: ApiStatus = failure(404, 'NotFound', 'the server could not find the requested resource');

/** What the server answers, with its apiVersion and kind: a subresource's are its own. */
export function shownAs(resource: ResourceInfo, object: KubeObject | JsonObject): JsonObject {
  const shown = object as JsonObject;
  return typeof shown.kind === 'string' && typeof shown.apiVersion === 'string'
    ? shown
    : shownObject({ resource, object: object as KubeObject });
}
