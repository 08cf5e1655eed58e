import {
  badRequest,
  failure,
  inVersion,
  type ApiResponse,
  type Cluster,
  type Subresource,
} from '@kubedrill/cluster-sim';
import {
  apiVersionOf,
  kinds,
  otherVersions,
  resources,
  type Json,
  type JsonObject,
  type Kind,
  type KubeObject,
  type ResourceInfo,
} from '@kubedrill/kube-model';
import { admit } from './access-filter.ts';
import { catalogue } from './catalogue.ts';
import { componentStatuses } from './component-statuses.ts';
import { discoveryAnswer } from './discovery.ts';
import { page } from './list-page.ts';
import { includedObject, tableDocument, wantsTable } from './object-table.ts';
import { openApiAnswer } from './open-api.ts';
import { readBody } from './request-body.ts';
import { parseRequestPath, type RequestPath } from './request-path.ts';
import { apiRequest, knownPatches, patchTypeOf, selectionOf, type Addressed } from './resource-request.ts';
import { Pulse } from './pulse.ts';
import { answerQuestion, reviewOf } from './reviews.ts';
import { serverVersion } from './server-version.ts';
import type { ConnectBackend } from './subresources/connector.ts';
import { connectorOf } from './subresources/connectors.ts';
import { initialEventsEnd, Watchers } from './watch.ts';
import { documentAnswer, statusAnswer, type WatchAnswer, type WireAnswer, type WireRequest } from './wire.ts';

type ResourcePath = Extract<RequestPath, { kind: 'resource' }>;

const unknownPath = failure(404, 'NotFound', 'the server could not find the requested resource', {});
const unknownPatch = failure(
  415,
  'UnsupportedMediaType',
  `the body of the request was in an unknown format - accepted media types include: ${knownPatches.join(', ')}`,
);
const subresources: readonly Subresource[] = [
  'status',
  'scale',
  'ephemeralcontainers',
  'resize',
  'finalize',
  'binding',
  'eviction',
  'token',
];
const healthPaths: ReadonlySet<string> = new Set(['/healthz', '/livez', '/readyz']);

export interface KubeApiOptions {
  readonly cluster: Cluster;
  /** "192.168.49.2:6443": what discovery says the server's address is. */
  readonly serverAddress: string;
}

/** The Kubernetes REST API over one simulated cluster. Whoever drives the cluster's time calls `passTime`. */
export class KubeApi implements ConnectBackend {
  readonly cluster: Cluster;
  private readonly serverAddress: string;
  private readonly watchers: Watchers;
  readonly pulse = new Pulse();

  constructor({ cluster, serverAddress }: KubeApiOptions) {
    this.cluster = cluster;
    this.serverAddress = serverAddress;
    this.watchers = new Watchers(cluster.view);
  }

  /** Lets that many milliseconds pass in the cluster and tells who watches. */
  passTime(milliseconds: number): void {
    this.cluster.advance(milliseconds);
    // Events come into being when somebody reads them, so they are read for who watches them.
    if (this.watchers.watch('Event')) this.cluster.view.count('Event');
    this.watchers.flush();
    this.pulse.beat();
  }

  answer(request: WireRequest): WireAnswer {
    const path = parseRequestPath(request.path);
    const admission = admit(this.cluster.view, request, path);
    if (!admission.ok) return statusAnswer(admission.status);
    if (path.kind === 'other') return this.answerOther(path.path, request);
    const { user } = admission;
    const review = reviewOf(path, user);
    if (review) return answerQuestion(this.cluster, request, review);
    const resource = resourceOf(path);
    if (!resource) return unmodelled(path, request);
    const connect = connectorOf(path);
    if (connect) return connect(request, path, this);
    const subresource = subresources.find((known) => known === path.subresource);
    if (path.subresource !== '' && !subresource) return statusAnswer(unknownPath);
    const { namespace, name } = path;
    const isOneNamespace = resource.kind === 'Namespace';
    const to: Addressed = { resource, namespace: isOneNamespace ? '' : namespace, name, subresource, user };
    return request.method === 'GET' && isWatch(request, path) ? this.watch(request, to) : this.handle(request, to);
  }

  private answerOther(path: string, { method, accept, query }: WireRequest): WireAnswer {
    if (method !== 'GET') return statusAnswer(unknownPath);
    const discovered = discoveryAnswer(path, accept, this.serverAddress);
    if (discovered) return discovered;
    if (path === '/version') return documentAnswer(200, serverVersion);
    const described = openApiAnswer(path);
    if (described) return described;
    // The second version of OpenAPI, asked for in protobuf by clients that did not find a kind in the third: an empty document.
    if (path === '/openapi/v2') return { kind: 'text', code: 200, text: '' };
    if (!healthPaths.has(path)) return statusAnswer(unknownPath);
    const text = query.has('verbose') ? `[+]ping ok\n${path.slice(1)} check passed\n` : 'ok';
    return { kind: 'text', code: 200, text };
  }

  private handle(request: WireRequest, to: Addressed): WireAnswer {
    if (request.method === 'PATCH' && !patchTypeOf(request.contentType)) return statusAnswer(unknownPatch);
    const body =
      request.body.length === 0
        ? { ok: true as const, value: null }
        : readBody(request.body, request.contentType, to.resource.kind);
    if (!body.ok) return statusAnswer(body.status);
    // Rows are made of objects as they are stored.
    const isRead = request.method === 'GET' && wantsTable(request.accept) && !request.query.has('fieldSelector');
    const asked = apiRequest(request, isRead ? { ...to, resource: resources[to.resource.kind] } : to, body.value);
    if (!asked) return statusAnswer(unknownPath);
    if ('ok' in asked) return statusAnswer(asked.status);
    const response = this.cluster.api.handle(asked);
    const answer = this.shown(response, request, to);
    if (asked.verb !== 'get' && asked.verb !== 'list') this.passTime(0);
    return answer;
  }

  private shown(response: ApiResponse, request: WireRequest, { resource, subresource }: Addressed): WireAnswer {
    if (!response.ok) return statusAnswer(response.status, response.warnings);
    const asTable = wantsTable(request.accept);
    const options = { now: this.cluster.clock.now(), includeObject: includedObject(request.query), withColumns: true };
    if ('object' in response) {
      const { code, object, warnings } = response;
      if (!asTable || subresource === 'scale' || object['kind'] !== resource.kind)
        return documentAnswer(code, object as unknown as Json, warnings);
      const one = object as KubeObject;
      const metadata = { resourceVersion: one.metadata.resourceVersion ?? '' };
      return documentAnswer(code, tableDocument(one.kind, [one], metadata, options), warnings);
    }
    const listed = page(response.items, response.resourceVersion, request.query);
    if (!listed.ok) return statusAnswer(listed.status);
    const { items, metadata } = listed;
    if (asTable) return documentAnswer(200, tableDocument(resource.kind, items, metadata, options), response.warnings);
    return documentAnswer(200, listDocument(resource, items, metadata), response.warnings);
  }

  private watch(request: WireRequest, to: Addressed): WireAnswer {
    const { resource, namespace, name } = to;
    const { kind } = resource;
    const { query } = request;
    const selection = selectionOf(query);
    const selected = this.cluster.api.selects(kind, selection);
    if (!selected.ok) return statusAnswer(selected.status);
    if (this.watchers.isFull)
      return statusAnswer(failure(429, 'TooManyRequests', 'too many watches, please try again later'));
    const asked = query.get('resourceVersion') ?? '';
    if (!/^[0-9]*$/.test(asked)) return statusAnswer(badRequest(`invalid resource version: ${asked}`));
    const selects = (object: KubeObject): boolean =>
      selected.object(object) && (name === '' || object.metadata.name === name);
    const start: WatchAnswer['start'] = (send) =>
      this.subscribe(request, to, { kind, namespace, selects, send }, asked);
    const seconds = Number(query.get('timeoutSeconds') ?? Number.NaN);
    return { kind: 'watch', start, timeoutSeconds: Number.isFinite(seconds) && seconds > 0 ? seconds : undefined };
  }

  private subscribe(
    request: WireRequest,
    { resource, namespace }: Addressed,
    part: Pick<Parameters<Watchers['add']>[0], 'kind' | 'namespace' | 'selects' | 'send'>,
    asked: string,
  ): () => void {
    const asTable = wantsTable(request.accept);
    const includeObject = includedObject(request.query);
    const shown = (object: KubeObject, isFirst: boolean): JsonObject => {
      if (!asTable) return inVersion(resource, object);
      const metadata = { resourceVersion: object.metadata.resourceVersion ?? '' };
      const options = { now: this.cluster.clock.now(), includeObject, withColumns: isFirst };
      return tableDocument(resource.kind, [object], metadata, options);
    };
    const version = this.cluster.view.resourceVersion;
    // Without a version, or with 0, what is there now comes first.
    const fromNow = asked === '' || asked === '0';
    const everything: readonly KubeObject[] = this.cluster.view.list(
      resource.kind,
      namespace === '' ? undefined : namespace,
    );
    const initial = fromNow ? everything.filter(part.selects) : [];
    const stop = this.watchers.add({ ...part, shown }, fromNow ? version : Number(asked), initial);
    if (request.query.get('sendInitialEvents') === 'true')
      part.send(initialEventsEnd(resource.kind, apiVersionOf(resource), version));
    return stop;
  }
}

function isWatch({ query }: WireRequest, { subresource }: ResourcePath): boolean {
  const word = query.get('watch');
  return subresource === '' && (word === 'true' || word === '1');
}

function resourceOf({ groupVersion, plural }: ResourcePath): ResourceInfo | undefined {
  const other = otherVersions.find((info) => info.plural === plural && apiVersionOf(info) === groupVersion);
  if (other) return other;
  const kind: Kind | undefined = kinds.find(
    (candidate) => resources[candidate].plural === plural && apiVersionOf(resources[candidate]) === groupVersion,
  );
  return kind && resources[kind];
}

/** Kinds that a real server has and the cluster does not model: there are none of them, and none can be made. */
function unmodelled({ groupVersion, plural, name }: ResourcePath, { method, accept }: WireRequest): WireAnswer {
  if (method === 'GET' && groupVersion === 'v1' && plural === 'componentstatuses')
    return componentStatuses({ accept }, name);
  const row = catalogue.find(([known]) => known === groupVersion)?.[1].find(([known]) => known === plural);
  if (!row) return statusAnswer(unknownPath);
  const [, kind] = row;
  const group = groupVersion.includes('/') ? groupVersion.slice(0, groupVersion.indexOf('/')) : '';
  const groupResource = group === '' ? plural : `${plural}.${group}`;
  const details = { name, ...(group === '' ? {} : { group }), kind: plural };
  if (method === 'GET' && name !== '')
    return statusAnswer(failure(404, 'NotFound', `${groupResource} "${name}" not found`, details));
  if (method !== 'GET')
    return statusAnswer(failure(501, '', `this simulated cluster does not model ${groupResource}`, details));
  const metadata = { resourceVersion: '1' };
  return wantsTable(accept)
    ? documentAnswer(200, { kind: 'Table', apiVersion: 'meta.k8s.io/v1', metadata, columnDefinitions: [], rows: [] })
    : documentAnswer(200, { kind: `${kind}List`, apiVersion: groupVersion, metadata, items: [] });
}

function listDocument(resource: ResourceInfo, items: readonly KubeObject[], metadata: JsonObject): JsonObject {
  const bare = items.map((item): Json => {
    const { kind: _kind, apiVersion: _apiVersion, ...rest } = item;
    return rest as unknown as Json;
  });
  return { kind: `${resource.kind}List`, apiVersion: apiVersionOf(resource), metadata, items: bare };
}
