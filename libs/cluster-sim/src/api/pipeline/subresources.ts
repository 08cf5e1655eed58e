import type { Kind, ResourceInfo } from '@kubedrill/kube-model';
import type { WrittenPart } from '../apply/reset-fields.ts';
import type { KindDefinition } from '../kinds/kind-definition.ts';
import type { ApiRequest, ApiStatus, Subresource } from '../request.ts';
import { failure } from '../status.ts';

/** Where nothing is served, or not by that method, the answer comes from the router and knows no names. */
const unknownPath = failure(404, 'NotFound', 'the server could not find the requested resource', {});
export const withoutMethod = failure(
  405,
  'MethodNotAllowed',
  'the server does not allow this method on the requested resource',
  {},
);

type Verb = ApiRequest['verb'];

const readAndWrite: readonly Verb[] = ['get', 'update', 'patch'];

/** What the storage of each subresource implements: rest.Getter, rest.Updater, rest.NamedCreater. */
const verbs: Readonly<Record<Subresource, readonly Verb[]>> = {
  status: readAndWrite,
  scale: readAndWrite,
  ephemeralcontainers: readAndWrite,
  resize: readAndWrite,
  finalize: ['update'],
  binding: ['create'],
  eviction: ['create'],
  token: ['create'],
};

/** Whether the kind has the subresource, and that the verb: the lists of storages in pkg/registry/<group>/rest. */
export function refusedSubresource(
  { kind }: ResourceInfo,
  definition: KindDefinition,
  subresource: Subresource,
  verb: Verb,
): ApiStatus | undefined {
  if (!hasSubresource(kind, definition, subresource)) return unknownPath;
  return verbs[subresource].includes(verb) ? undefined : withoutMethod;
}

function hasSubresource(kind: Kind, definition: KindDefinition, subresource: Subresource): boolean {
  switch (subresource) {
    case 'binding':
    case 'eviction':
      return kind === 'Pod';
    case 'token':
      return kind === 'ServiceAccount';
    default:
      return definition[subresource] !== undefined;
  }
}

/** Which part of the object itself a request writes that has not been refused. */
export function writtenPart(subresource: Exclude<Subresource, 'scale'> | undefined): WrittenPart {
  switch (subresource) {
    case 'binding':
    case 'eviction':
    case 'token':
      throw new Error(`${subresource} is no part of an object`);
    default:
      return subresource;
  }
}
