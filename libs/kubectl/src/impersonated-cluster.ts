import {
  impersonatedUser,
  kubectlApply,
  refusedAccess,
  type Access,
  type ApiRequest,
  type ApiResponse,
  type Cluster,
  type Duration,
  type ServedApi,
  type UserInfo,
} from '@kubedrill/cluster-sim';
import type { Flags } from './flags.ts';
import { CommandError } from './invocation.ts';

/** Who --as and its like name; undefined: nobody but the kubeconfig's user. */
export function impersonationOf(flags: Flags, self: string): UserInfo | undefined {
  const extra: Record<string, readonly string[]> = {};
  for (const pair of flags.all('as-user-extra')) {
    const equals = pair.indexOf('=');
    if (equals < 0) throw new CommandError(`error: failed to parse --as-user-extra: ${pair}`);
    const key = pair.slice(0, equals);
    extra[key] = [...(extra[key] ?? []), pair.slice(equals + 1)];
  }
  const asked = { name: flags.text('as'), uid: flags.text('as-uid'), groups: flags.all('as-group'), extra };
  const user = impersonatedUser(asked);
  // client-go/tools/clientcmd/validation.go.
  if (!user.ok)
    throw new CommandError(`error: requesting uid, groups or user-extra for ${self} without impersonating a user`);
  return user.object;
}

/** The cluster as somebody else may use it: each request is authorized before it is handled. */
export function clusterAs(cluster: Cluster, user: UserInfo): Cluster {
  const api = apiAs(cluster, user);
  return delegated(cluster, {
    api,
    apply: (documents, options) => kubectlApply({ api, schemaOf: (kind) => api.schemaOf(kind) }, documents, options),
    fork: (seed) => clusterAs(cluster.fork(seed), user),
  });
}

/** The cluster of somebody beside whom other things go on while he lets time pass. */
export function clusterBeside(cluster: Cluster, passTime: (duration: Duration) => void): Cluster {
  return delegated(cluster, {
    advance(duration) {
      passTime(duration);
      return { kind: 'settled', now: cluster.clock.now(), reconciliations: 0 };
    },
  });
}

function delegated(cluster: Cluster, own: Partial<Cluster>): Cluster {
  return {
    options: cluster.options,
    clock: cluster.clock,
    view: cluster.view,
    dataPlane: cluster.dataPlane,
    api: cluster.api,
    apply: (documents, options) => cluster.apply(documents, options),
    settle: (quiet) => cluster.settle(quiet),
    powerOff: (node) => cluster.powerOff(node),
    powerOn: (node) => cluster.powerOn(node),
    advance: (duration) => cluster.advance(duration),
    fork: (seed) => cluster.fork(seed),
    trace: (probe) => cluster.trace(probe),
    connect: (probe) => cluster.connect(probe),
    exec: (target, argv) => cluster.exec(target, argv),
    openExec: (target, argv, request) => cluster.openExec(target, argv, request),
    attach: (target, request) => cluster.attach(target, request),
    logs: (target, previous) => cluster.logs(target, previous),
    resolve: (from, name, type) => cluster.resolve(from, name, type),
    proxyRules: (node) => cluster.proxyRules(node),
    ...own,
  };
}

function apiAs({ api, view }: Cluster, user: UserInfo): ServedApi {
  return {
    selects: (kind, selection) => api.selects(kind, selection),
    schemaOf: (kind) => api.schemaOf(kind),
    handle(request): ApiResponse {
      const status = refusedAccess(view, user, accessOf(request));
      return status ? { ok: false, status, warnings: [] } : api.handle({ ...request, user });
    },
  };
}

/** apiserver/pkg/endpoints/request/requestinfo.go. */
function accessOf(request: ApiRequest): Access {
  const { verb, resource, namespace } = request;
  const name = 'name' in request ? (request.name ?? '') : selectedName(request);
  const isNamespace = resource.kind === 'Namespace';
  return {
    verb,
    group: resource.group,
    resource: resource.plural,
    subresource: 'subresource' in request ? (request.subresource ?? '') : '',
    namespace: isNamespace ? name : namespace,
    name,
  };
}

function selectedName(request: ApiRequest): string {
  const selector = 'fieldSelector' in request ? (request.fieldSelector ?? '') : '';
  return /(?:^|,)metadata\.name==?([^,]*)/.exec(selector)?.[1] ?? '';
}
