import {
  accountGroups,
  accountOf,
  badRequest,
  refusedAccess,
  type Access,
  type ApiStatus,
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
  const impersonated = impersonatedUser(headers);
  if (!impersonated.ok || !impersonated.user) return impersonated;
  const refusal = refusedAccess(view, impersonated.user, accessOf(request, path));
  return refusal ? { ok: false, status: refusal } : impersonated;
}

const extraPrefix = 'impersonate-extra-';

/** filters/impersonation: the administrator may take anybody's place. */
function impersonatedUser(headers: WireRequest['headers']): Admission {
  const name = headers['impersonate-user'] ?? '';
  const given = (headers['impersonate-group'] ?? '').split(', ').filter((group) => group !== '');
  const uid = headers['impersonate-uid'] ?? '';
  const extra = Object.fromEntries(
    Object.entries(headers).flatMap(([header, value]) =>
      header.startsWith(extraPrefix) ? [[decodeURIComponent(header.slice(extraPrefix.length)), value.split(', ')]] : [],
    ),
  );
  const hasMore = given.length > 0 || uid !== '' || Object.keys(extra).length > 0;
  if (name === '') return hasMore ? { ok: false, status: withoutUser(given, uid, extra) } : whoAsks;
  const account = accountOf(name);
  const own = given.length === 0 && account ? accountGroups(account.namespace) : given;
  return {
    ok: true,
    user: {
      name,
      groups: withStanding(name, own),
      ...(uid === '' ? {} : { uid }),
      ...(Object.keys(extra).length > 0 ? { extra } : {}),
    },
  };
}

function withStanding(name: string, groups: readonly string[]): readonly string[] {
  const [known, unknown] = ['system:authenticated', 'system:unauthenticated'];
  if (name === 'system:anonymous') return groups.includes(unknown) ? groups : [...groups, unknown];
  return groups.includes(known) || groups.includes(unknown) ? groups : [...groups, known];
}

/** As Go prints a slice of ObjectReferences. */
function withoutUser(
  groups: readonly string[],
  uid: string,
  extra: Readonly<Record<string, readonly string[]>>,
): ApiStatus {
  const references = [
    ...groups.map((group) => `{Group  ${group}    }`),
    ...Object.entries(extra).flatMap(([key, values]) =>
      values.map((value) => `{UserExtra  ${value}  authentication.k8s.io/v1  ${key}}`),
    ),
    ...(uid === '' ? [] : [`{UID  ${uid}  authentication.k8s.io/v1  }`]),
  ];
  return badRequest(`requested [${references.join(' ')}] without impersonating a user`);
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
