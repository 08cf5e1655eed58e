import {
  impersonatedUser,
  refusedAccess,
  type Access,
  type ApiStatus,
  type Impersonation,
  type ObjectView,
  type UserInfo,
} from '@kubedrill/cluster-sim';
import type { RequestPath } from './request-path.ts';
import type { WireRequest } from './wire.ts';

/** Who asks, and whether he may: apiserver/pkg/endpoints/filters. */
export type Admission =
  /** No user: the administrator, who may do anything. */
  { readonly ok: true; readonly user: UserInfo | undefined } | { readonly ok: false; readonly status: ApiStatus };

const whoAsks: Admission = { ok: true, user: undefined };

export function admit(view: ObjectView, request: WireRequest, path: RequestPath): Admission {
  const { headers } = request;
  if (!Object.keys(headers).some((name) => name.startsWith('impersonate-'))) return whoAsks;
  const impersonated = impersonatedUser(impersonationOf(headers));
  if (!impersonated.ok) return impersonated;
  const { object: user } = impersonated;
  const refusal = user && refusedAccess(view, user, accessOf(request, path));
  return refusal ? { ok: false, status: refusal } : { ok: true, user };
}

const extraPrefix = 'impersonate-extra-';

function impersonationOf(headers: WireRequest['headers']): Impersonation {
  return {
    name: headers['impersonate-user'] ?? '',
    groups: (headers['impersonate-group'] ?? '').split(', ').filter((group) => group !== ''),
    uid: headers['impersonate-uid'] ?? '',
    extra: Object.fromEntries(
      Object.entries(headers).flatMap(([header, value]) =>
        header.startsWith(extraPrefix)
          ? [[decodeURIComponent(header.slice(extraPrefix.length)), value.split(', ')]]
          : [],
      ),
    ),
  };
}

const verbsOf: Readonly<Record<string, string>> = {
  POST: 'create',
  GET: 'get',
  HEAD: 'get',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete',
};

/** endpoints/request/requestinfo.go: what a request is for. */
function accessOf({ method, query }: WireRequest, path: RequestPath): Access {
  if (path.kind === 'other') return { verb: method.toLowerCase(), path: path.path };
  const [, group = ''] = path.groupVersion.split('/').reverse();
  const { plural: resource, subresource } = path;
  const own = resource === 'namespaces' ? path.name : path.namespace;
  const verb = verbOf(method, query, path);
  const isCollection = path.name === '' && (verb === 'list' || verb === 'watch' || verb === 'deletecollection');
  const selected = isCollection ? selectedName(query.get('fieldSelector') ?? '') : '';
  return { verb, group, resource, subresource, namespace: own, name: path.name || selected };
}

function verbOf(method: string, query: URLSearchParams, { name }: Extract<RequestPath, { kind: 'resource' }>): string {
  const isWatch = method === 'GET' && ['true', '1'].includes(query.get('watch') ?? '');
  if (isWatch) return 'watch';
  if (name === '' && method === 'GET') return 'list';
  if (name === '' && method === 'DELETE') return 'deletecollection';
  return verbsOf[method] ?? '';
}

function selectedName(fieldSelector: string): string {
  return /(?:^|,)metadata\.name==?([^,]*)/.exec(fieldSelector)?.[1] ?? '';
}
