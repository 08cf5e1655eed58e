import { resources } from '@kubedrill/kube-model';
import type { Invocation, ServedDocument } from './invocation.ts';
import { NotModelled } from './invocation.ts';

/** A resource as the server speaks of it; there may be none of its objects here. */
export interface DiscoveredResource {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly singular: string;
  readonly shortNames: readonly string[];
  readonly namespaced: boolean;
}

/** What only the server's discovery tells of it. */
export interface ServedResource extends DiscoveredResource {
  readonly verbs: readonly string[];
  readonly categories: readonly string[];
}

const modelled: readonly DiscoveredResource[] = Object.values(resources);

/** By plural, singular or short name. Without a group, any will do; the server is asked for what is not modelled. */
export function discoverResource(invocation: Invocation, word: string, group: string): DiscoveredResource | undefined {
  const isNamed = (one: DiscoveredResource): boolean =>
    (group === '' || one.group === group) &&
    ([one.plural, one.singular].includes(word.toLowerCase()) || one.shortNames.includes(word));
  return modelled.find(isNamed) ?? servedResources(invocation).find(isNamed);
}

/** By a word with its group behind a dot, as RESTMapper finds it. */
export function discoverQualified(invocation: Invocation, word: string): DiscoveredResource | undefined {
  const [name = '', ...qualifiers] = word.split('.');
  const found = discoverResource(invocation, name, qualifiers.join('.'));
  if (found || qualifiers.length < 2) return found;
  const [version, ...group] = qualifiers;
  const ofGroup = discoverResource(invocation, name, group.join('.'));
  return ofGroup?.version === version ? ofGroup : undefined;
}

/** The path of a resource's collection. */
export function pathOf({ group, version, plural, namespaced }: DiscoveredResource, namespace: string): string {
  const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
  return namespaced && namespace !== '' ? `${root}/namespaces/${namespace}/${plural}` : `${root}/${plural}`;
}

interface GroupDiscovery {
  readonly metadata?: { readonly name?: string };
  readonly versions?: readonly VersionDiscovery[];
}

interface VersionDiscovery {
  readonly version: string;
  readonly resources?: readonly ResourceDiscovery[];
}

interface ResourceDiscovery {
  readonly resource: string;
  readonly responseKind?: { readonly kind?: string };
  readonly scope?: string;
  readonly singularResource?: string;
  readonly shortNames?: readonly string[];
  readonly verbs?: readonly string[];
  readonly categories?: readonly string[];
}

const aggregated = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';

/** ServerPreferredResources: of each resource the first version that has it. Nothing where no server answers. */
export function servedResources(invocation: Invocation): readonly ServedResource[] {
  const found = new Map<string, ServedResource>();
  for (const { group, version, resources: served } of servedVersions(invocation))
    for (const one of served) {
      const key = `${group}/${one.resource}`;
      if (!found.has(key)) found.set(key, toServed(group, version, one));
    }
  return [...found.values()];
}

function toServed(group: string, version: string, one: ResourceDiscovery): ServedResource {
  const { resource, responseKind, scope, singularResource, shortNames, verbs, categories } = one;
  return {
    group,
    version,
    kind: responseKind?.kind ?? '',
    plural: resource,
    singular: singularResource ?? '',
    shortNames: shortNames ?? [],
    namespaced: scope === 'Namespaced',
    verbs: verbs ?? [],
    categories: categories ?? [],
  };
}

/** "v1" and "apps/v1", in the server's order. */
export function servedGroupVersions(invocation: Invocation): readonly string[] {
  return servedVersions(invocation).map(({ group, version }) => (group === '' ? version : `${group}/${version}`));
}

function servedVersions({ server, user }: Invocation): readonly {
  readonly group: string;
  readonly version: string;
  readonly resources: readonly ResourceDiscovery[];
}[] {
  if (!server) return [];
  return ['/api', '/apis'].flatMap((path) => {
    const { code, text } = server.get({ path, accept: aggregated, user });
    if (code !== 200) return [];
    const { items = [] } = JSON.parse(text) as { readonly items?: readonly GroupDiscovery[] };
    return items.flatMap(({ metadata, versions = [] }) =>
      versions.map(({ version, resources: served = [] }) => ({
        group: metadata?.name ?? '',
        version,
        resources: served,
      })),
    );
  });
}

/** A document of the server; where there is none, the command cannot be carried out here. */
export function servedDocument(
  { server, user }: Invocation,
  path: string,
  accept: string,
  what: string,
): ServedDocument {
  if (!server) throw new NotModelled(what);
  return server.get({ path, accept, user });
}
