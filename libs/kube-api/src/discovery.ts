import type { Json, JsonObject } from '@kubedrill/kube-model';
import { catalogue, type CatalogueRow } from './catalogue.ts';
import { documentAnswer, type DocumentAnswer } from './wire.ts';

/** apiserver/pkg/endpoints/discovery: what the server offers, in the legacy form and, for clients since 1.27, aggregated. */

const verbsOf: Readonly<Record<string, readonly string[]>> = {
  all: ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'],
  part: ['get', 'patch', 'update'],
};

interface GroupVersions {
  readonly group: string;
  readonly versions: readonly { readonly groupVersion: string; readonly version: string }[];
}

function groups(): readonly GroupVersions[] {
  const byGroup = new Map<string, { groupVersion: string; version: string }[]>();
  for (const [groupVersion] of catalogue) {
    const [version = '', group = ''] = groupVersion.split('/').reverse();
    const known = byGroup.get(group);
    if (known) known.push({ groupVersion, version });
    else byGroup.set(group, [{ groupVersion, version }]);
  }
  return [...byGroup].map(([group, versions]) => ({ group, versions }));
}

/** The answer to a discovery path; undefined for any other path. */
export function discoveryAnswer(path: string, accept: string, serverAddress: string): DocumentAnswer | undefined {
  const version = path === '/api' || path === '/apis' ? aggregatedVersion(accept) : undefined;
  if (version) {
    const contentType = `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`;
    return {
      ...documentAnswer(
        200,
        aggregate(version, (group) => (group === '') === (path === '/api')),
      ),
      contentType,
    };
  }
  const document = legacyDocument(path, serverAddress);
  return document && documentAnswer(200, document);
}

function legacyDocument(path: string, serverAddress: string): JsonObject | undefined {
  if (path === '/api') return apiVersions(serverAddress);
  if (path === '/apis') return apiGroupList();
  const resources = /^\/(?:api|apis)\/(.+)$/.exec(path)?.[1] ?? '';
  const rows = catalogue.find(([groupVersion]) => groupVersion === resources)?.[1];
  if (rows && path === `/${resources === 'v1' ? 'api' : 'apis'}/${resources}`) return resourceList(resources, rows);
  const group = groups().find((candidate) => candidate.group !== '' && candidate.group === resources);
  return group && path.startsWith('/apis/') ? { kind: 'APIGroup', apiVersion: 'v1', ...apiGroup(group) } : undefined;
}

/** The first form that the client accepts and that is aggregated, unless it prefers plain JSON. */
function aggregatedVersion(accept: string): 'v2' | 'v2beta1' | undefined {
  const wanted = /g=apidiscovery\.k8s\.io;v=(v2beta1|v2);as=APIGroupDiscoveryList/.exec(accept)?.[1];
  return wanted === 'v2' || wanted === 'v2beta1' ? wanted : undefined;
}

function apiVersions(serverAddress: string): JsonObject {
  const serverAddressByClientCIDRs = [{ clientCIDR: '0.0.0.0/0', serverAddress }];
  return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs };
}

function apiGroup({ group, versions }: GroupVersions): JsonObject {
  const listed = versions.map(({ groupVersion, version }) => ({ groupVersion, version }));
  return { name: group, versions: listed, preferredVersion: listed[0] ?? null };
}

function apiGroupList(): JsonObject {
  const named = groups().filter(({ group }) => group !== '');
  return { kind: 'APIGroupList', apiVersion: 'v1', groups: named.map(apiGroup) };
}

function verbs(words: string): string[] {
  return [...(verbsOf[words] ?? words.split(' '))];
}

function resourceList(groupVersion: string, rows: readonly CatalogueRow[]): JsonObject {
  const resources = rows.map(([name, kind, scope, words, more = {}]): JsonObject => {
    const [version = '', group = ''] = (more.of ?? '').split('/').reverse();
    return {
      name,
      singularName: name.includes('/') ? '' : (more.singular ?? kind.toLowerCase()),
      namespaced: scope === 'ns',
      ...(more.of === undefined ? {} : { ...(group === '' ? {} : { group }), version }),
      kind,
      verbs: verbs(words),
      ...(more.short ? { shortNames: [...more.short] } : {}),
      ...(more.categories ? { categories: [...more.categories] } : {}),
      ...(more.hash === undefined ? {} : { storageVersionHash: more.hash }),
    };
  });
  // The oldest document has no apiVersion.
  return groupVersion === 'v1'
    ? { kind: 'APIResourceList', groupVersion, resources }
    : { kind: 'APIResourceList', apiVersion: 'v1', groupVersion, resources };
}

function aggregate(version: 'v2' | 'v2beta1', isWanted: (group: string) => boolean): JsonObject {
  const items = groups()
    .filter(({ group }) => isWanted(group))
    .map(({ group, versions }): JsonObject => ({
      metadata: group === '' ? { creationTimestamp: null } : { name: group, creationTimestamp: null },
      versions: versions.map((entry) => ({
        version: entry.version,
        resources: nested(entry.groupVersion),
        freshness: 'Current',
      })),
    }));
  return { kind: 'APIGroupDiscoveryList', apiVersion: `apidiscovery.k8s.io/${version}`, metadata: {}, items };
}

function nested(groupVersion: string): Json[] {
  const rows = catalogue.find(([name]) => name === groupVersion)?.[1] ?? [];
  return rows
    .filter(([name]) => !name.includes('/'))
    .map((row): Json => {
      const [name, kind, scope, words, more = {}] = row;
      const parts = rows.filter(([other]) => other.startsWith(`${name}/`));
      return {
        resource: name,
        responseKind: responseKind(kind, groupVersion),
        scope: scope === 'ns' ? 'Namespaced' : 'Cluster',
        singularResource: more.singular ?? kind.toLowerCase(),
        verbs: verbs(words),
        ...(more.short ? { shortNames: [...more.short] } : {}),
        ...(more.categories ? { categories: [...more.categories] } : {}),
        ...(parts.length > 0 ? { subresources: parts.map((part) => subresource(name, part, groupVersion)) } : {}),
      };
    });
}

function subresource(parent: string, [name, kind, , words, more = {}]: CatalogueRow, groupVersion: string): Json {
  const responded = responseKind(kind, more.of ?? groupVersion);
  return { subresource: name.slice(parent.length + 1), responseKind: responded, verbs: verbs(words) };
}

function responseKind(kind: string, groupVersion: string): JsonObject {
  const [version = '', group = ''] = groupVersion.split('/').reverse();
  return { group, version, kind };
}
