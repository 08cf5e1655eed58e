import { kubectlErrorText, quote, type ApiStatus } from '@kubedrill/cluster-sim';
import type { JsonObject, KubeObject, ResourceInfo } from '@kubedrill/kube-model';
import { apiVersionOf, resources } from '@kubedrill/kube-model';
import type { Flags, FlagSet } from './flags.ts';
import type { Invocation } from './invocation.ts';
import { CommandError } from './invocation.ts';
import type { NamedResource, ResourceSelection } from './resource-arguments.ts';

export const selectorFlags: FlagSet = {
  selector: { short: 'l', value: 'required' },
  'field-selector': { value: 'required' },
  'all-namespaces': { short: 'A', value: 'none' },
  'ignore-not-found': { value: { whenBare: 'true' } },
};

export interface FoundObject {
  readonly resource: ResourceInfo;
  readonly object: KubeObject;
}

/** What one request brought: an object, or all of a type. */
export interface FoundPart {
  readonly resource: ResourceInfo;
  readonly objects: readonly KubeObject[];
}

/** Fetches what was selected; refusals go to the console one by one, and the rest is found all the same. */
export function findObjects(invocation: Invocation, selection: ResourceSelection): readonly FoundObject[] {
  return findParts(invocation, selection).flatMap(({ resource, objects }) =>
    objects.map((object) => ({ resource, object })),
  );
}

/** cli-runtime/pkg/resource/builder.go visitBySelector, visitByResource, visitByName. */
export function findParts(
  invocation: Invocation,
  { types, objects, isTupled }: ResourceSelection,
): readonly FoundPart[] {
  const { flags } = invocation;
  const isSelecting = flags.text('selector').trim() !== '' || flags.text('field-selector').trim() !== '';
  if (objects.length === 0) return types.flatMap((resource) => listType(invocation, resource));
  if (isSelecting)
    throw new CommandError(
      isTupled
        ? 'error: selectors and the all flag cannot be used when passing resource/name arguments'
        : 'error: name cannot be provided when a selector is specified',
    );
  if (flags.isTrue('all-namespaces') && objects.some(({ resource }) => resource.namespaced))
    throw new CommandError('error: a resource cannot be retrieved by name across all namespaces');
  return objects.flatMap((named) => getOne(invocation, named));
}

function namespaceFor({ flags, namespace }: Invocation, resource: ResourceInfo): string {
  return resource.namespaced && !flags.isTrue('all-namespaces') ? namespace : '';
}

function getOne(invocation: Invocation, { resource, name }: NamedResource): readonly FoundPart[] {
  const { cluster, console, flags } = invocation;
  const subresource = subresourceOf(flags);
  const response = cluster.api.handle({
    verb: 'get',
    resource,
    namespace: namespaceFor(invocation, resource),
    name,
    ...(subresource ? { subresource } : {}),
  });
  console.warn(response.warnings);
  if (response.ok) return 'object' in response ? [{ resource, objects: [response.object as KubeObject] }] : [];
  if (response.status.reason === 'NotFound' && flags.isTrue('ignore-not-found')) return [];
  const status = missingNamespace(invocation, namespaceFor(invocation, resource)) ?? response.status;
  console.fail(kubectlErrorText(response.status.reason === 'NotFound' ? status : response.status, { kind: 'other' }));
  return [];
}

/** cli-runtime/pkg/resource/visitor.go Info.Get: what is not found may lack its namespace already. */
export function missingNamespace({ cluster }: Invocation, namespace: string): ApiStatus | undefined {
  if (namespace === '' || namespace === 'default') return undefined;
  const place = cluster.api.handle({ verb: 'get', resource: resources.Namespace, namespace: '', name: namespace });
  return !place.ok && place.status.reason === 'NotFound' ? place.status : undefined;
}

/** kubectl/pkg/cmd/util/helpers.go AddSubresourceFlags: the server refuses what it does not have. */
export function subresourceOf(flags: Flags): 'status' | 'scale' | undefined {
  const text = flags.text('subresource');
  if (text === 'status' || text === 'scale') return text;
  if (text === '') return undefined;
  throw new CommandError('Error from server (NotFound): the server could not find the requested resource');
}

function listType(invocation: Invocation, resource: ResourceInfo): readonly FoundPart[] {
  const { cluster, console, flags } = invocation;
  if (flags.text('subresource') !== '')
    throw new CommandError('error: subresource cannot be used when bulk resources are specified');
  const labelSelector = flags.text('selector').trim();
  const fieldSelector = flags.text('field-selector').trim();
  const namespace = namespaceFor(invocation, resource);
  const response = cluster.api.handle({ verb: 'list', resource, namespace, labelSelector, fieldSelector });
  console.warn(response.warnings);
  if (response.ok) return 'items' in response ? [{ resource, objects: response.items }] : [];
  console.fail(
    kubectlErrorText(listRefusal(response.status, resource, labelSelector, fieldSelector), { kind: 'other' }),
  );
  return [];
}

/** cli-runtime/pkg/resource/selector.go Visit. */
export function listRefusal(status: ApiStatus, resource: ResourceInfo, labels: string, fields: string): ApiStatus {
  if (status.reason !== 'BadRequest' && status.reason !== 'NotFound') return status;
  const name = quote(`${resource.group}/${resource.version}, Resource=${resource.plural}`);
  const what =
    labels === '' && fields === ''
      ? `Unable to list ${name}`
      : `Unable to find ${name} that match label selector ${quote(labels)}, field selector ${quote(fields)}`;
  return { ...status, message: `${what}: ${status.message}` };
}

/** A stored object as the API shows it: with its apiVersion and kind. */
export function shownObject({ resource, object }: FoundObject): JsonObject {
  return { ...(object as object), apiVersion: apiVersionOf(resource), kind: resource.kind };
}
