import {
  badRequest,
  deleteOptionsOf,
  goQuote,
  refused,
  refusedOptions,
  validatePatchOptions,
  validateWriteOptions,
  type ApiRequest,
  type AskedWrite,
  type DeleteOptions,
  type FieldValidation,
  type ApiOutcome,
  type PatchType,
  type Refusal,
  type Subresource,
  type UserInfo,
} from '@kubedrill/cluster-sim';
import { isJsonObject, type Json, type ResourceInfo } from '@kubedrill/kube-model';
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

/** What the method asks for, or why that is refused; undefined: the method is not one of the API's. */
export function apiRequest(request: WireRequest, to: Addressed, body: Json): ApiRequest | Refusal | undefined {
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
      return (
        refusedWrite(request, 'CreateOptions') ?? {
          verb: 'create',
          ...target,
          ...writeOptions(request),
          ...(name === '' ? {} : { name }),
          ...under,
          body,
        }
      );
    case 'PUT':
      return (
        refusedWrite(request, 'UpdateOptions') ?? {
          verb: 'update',
          ...target,
          ...writeOptions(request),
          name,
          ...under,
          body,
        }
      );
    case 'PATCH': {
      const patchType = patchTypeOf(request.contentType);
      const force = flag(query, 'force') === true ? { force: true } : {};
      if (!patchType) return undefined;
      const refused = refusedPatch(request, patchType);
      if (refused) return refused;
      return { verb: 'patch', ...target, ...writeOptions(request), name, ...under, patchType, ...force, body };
    }
    case 'DELETE': {
      const asked = deleteOptions(request, body);
      if (!asked.ok) return asked;
      const options = asked.object;
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

function askedWrite(query: URLSearchParams): AskedWrite {
  const { fieldManager = '', fieldValidation = '' } = Object.fromEntries(query);
  return { dryRun: query.getAll('dryRun'), fieldManager, fieldValidation };
}

function refusedWrite({ query }: WireRequest, kind: 'CreateOptions' | 'UpdateOptions'): Refusal | undefined {
  return refusedOptions(kind, validateWriteOptions(askedWrite(query)));
}

function refusedPatch({ query }: WireRequest, patchType: PatchType): Refusal | undefined {
  const asked = { ...askedWrite(query), isForced: flag(query, 'force') };
  return refusedOptions('PatchOptions', validatePatchOptions(asked, patchType === 'apply'));
}

/** Of what is not said, nothing is known; 'false' and '0' are false, and whatever else is said is true. */
function flag(query: URLSearchParams, name: string): boolean | undefined {
  const said = query.get(name);
  return said === null ? undefined : said !== '0' && said.toLowerCase() !== 'false';
}

/** Options come in the body; where there is none, in the query. */
function deleteOptions({ query, body: sent }: WireRequest, body: Json): ApiOutcome<DeleteOptions> {
  if (sent.length > 0) return deleteOptionsOf(isJsonObject(body) ? body : {});
  const seconds = query.get('gracePeriodSeconds');
  if (seconds !== null && !/^[+-]?[0-9]+$/.test(seconds))
    return refused(badRequest(`strconv.ParseInt: parsing ${goQuote(seconds)}: invalid syntax`));
  const orphanDependents = flag(query, 'orphanDependents');
  const { uid, resourceVersion, propagationPolicy } = Object.fromEntries(query);
  return deleteOptionsOf({
    dryRun: query.getAll('dryRun'),
    ...(seconds === null ? {} : { gracePeriodSeconds: Number(seconds) }),
    ...(orphanDependents === undefined ? {} : { orphanDependents }),
    ...(propagationPolicy === undefined ? {} : { propagationPolicy }),
    preconditions: { ...(uid ? { uid } : {}), ...(resourceVersion ? { resourceVersion } : {}) },
  });
}
