import type {
  ApiRequest,
  DeleteOptions,
  FieldValidation,
  PatchType,
  Propagation,
  Subresource,
  UserInfo,
} from '@kubedrill/cluster-sim';
import { isJsonObject, type Json, type JsonObject, type ResourceInfo } from '@kubedrill/kube-model';
import { mediaType } from './request-body.ts';
import type { WireRequest } from './wire.ts';

/** A method, path and query as a request to the API server of the cluster: apiserver/pkg/endpoints/handlers. */

export interface Addressed {
  readonly resource: ResourceInfo;
  readonly namespace: string;
  readonly name: string;
  readonly subresource: Subresource | undefined;
  /** Who asks; absent: the administrator. */
  readonly user: UserInfo | undefined;
}

const patchTypes: Readonly<Record<string, PatchType>> = {
  'application/strategic-merge-patch+json': 'strategic',
  'application/merge-patch+json': 'merge',
  'application/json-patch+json': 'json',
  'application/apply-patch+yaml': 'apply',
};

export const knownPatches: readonly string[] = Object.keys(patchTypes);

export function patchTypeOf(contentType: string): PatchType | undefined {
  return patchTypes[mediaType(contentType)];
}

export function selectionOf(query: URLSearchParams): { labelSelector?: string; fieldSelector?: string } {
  const labelSelector = query.get('labelSelector');
  const fieldSelector = query.get('fieldSelector');
  return { ...(labelSelector ? { labelSelector } : {}), ...(fieldSelector ? { fieldSelector } : {}) };
}

/** What the method asks for; undefined: the method is not one of the API's. */
export function apiRequest(request: WireRequest, to: Addressed, body: Json): ApiRequest | undefined {
  const { resource, namespace, name, subresource, user } = to;
  const { query } = request;
  const target = { resource, namespace, ...(user ? { user } : {}) };
  const under = subresource === undefined ? {} : { subresource };
  switch (request.method) {
    case 'GET':
      return name === ''
        ? { verb: 'list', ...target, ...selectionOf(query) }
        : { verb: 'get', ...target, name, ...under };
    case 'POST':
      return { verb: 'create', ...target, ...writeOptions(request), ...(name === '' ? {} : { name }), ...under, body };
    case 'PUT':
      return { verb: 'update', ...target, ...writeOptions(request), name, ...under, body };
    case 'PATCH': {
      const patchType = patchTypeOf(request.contentType);
      const force = query.get('force') === 'true' ? { force: true } : {};
      if (!patchType) return undefined;
      return { verb: 'patch', ...target, ...writeOptions(request), name, ...under, patchType, ...force, body };
    }
    case 'DELETE': {
      const options = deleteOptions(query, isJsonObject(body) ? body : {});
      return name === ''
        ? { verb: 'deletecollection', ...target, ...selectionOf(query), ...options }
        : { verb: 'delete', ...target, name, ...under, ...options };
    }
    default:
      return undefined;
  }
}

function writeOptions({ query, userAgent }: WireRequest): {
  readonly dryRun?: boolean;
  readonly fieldManager: string;
  readonly fieldValidation: FieldValidation;
} {
  const validation = query.get('fieldValidation');
  // A client that does not name itself is known by the first word of its User-Agent: handlers/create.go managerOrUserAgent.
  const fieldManager = query.get('fieldManager') ?? userAgent.split('/')[0] ?? '';
  return {
    ...(query.getAll('dryRun').includes('All') ? { dryRun: true } : {}),
    fieldManager: fieldManager === '' ? 'unknown' : fieldManager,
    fieldValidation: validation === 'Strict' || validation === 'Ignore' ? validation : 'Warn',
  };
}

const propagations: readonly Propagation[] = ['Orphan', 'Background', 'Foreground'];

/** Options come in the body or in the query; the body goes first. */
function deleteOptions(query: URLSearchParams, body: JsonObject): DeleteOptions {
  const asked = body['propagationPolicy'] ?? query.get('propagationPolicy');
  const orphan = body['orphanDependents'] ?? query.get('orphanDependents');
  const policy = asked ?? (orphan === true || orphan === 'true' ? 'Orphan' : undefined);
  const propagation = propagations.find((known) => known === policy);
  const seconds = body['gracePeriodSeconds'] ?? query.get('gracePeriodSeconds');
  const preconditions = isJsonObject(body['preconditions']) ? body['preconditions'] : {};
  const { uid, resourceVersion } = preconditions;
  const isDry = query.getAll('dryRun').includes('All') || JSON.stringify(body['dryRun'] ?? []) === '["All"]';
  return {
    ...(isDry ? { dryRun: true } : {}),
    ...(propagation ? { propagation } : {}),
    ...(seconds === undefined || seconds === null ? {} : { gracePeriodSeconds: Number(seconds) }),
    preconditions: {
      ...(typeof uid === 'string' ? { uid } : {}),
      ...(typeof resourceVersion === 'string' ? { resourceVersion } : {}),
    },
  };
}
