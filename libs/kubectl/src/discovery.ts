import { resources } from '@kubedrill/kube-model';
import type { Invocation } from './invocation.ts';

/** A resource as the server speaks of it; there may be none of its objects here. */
export interface DiscoveredResource {
  readonly group: string;
  readonly plural: string;
  readonly singular: string;
  readonly shortNames: readonly string[];
}

const modelled: readonly DiscoveredResource[] = Object.values(resources);

/** By plural, singular or short name. Without a group, any will do; the server is asked for what is not modelled. */
export function discoverResource(invocation: Invocation, word: string, group: string): DiscoveredResource | undefined {
  const isNamed = (one: DiscoveredResource): boolean =>
    (group === '' || one.group === group) && [one.plural, one.singular, ...one.shortNames].includes(word.toLowerCase());
  return modelled.find(isNamed) ?? servedResources(invocation).find(isNamed);
}

interface GroupDiscovery {
  readonly metadata?: { readonly name?: string };
  readonly versions?: readonly { readonly resources?: readonly ServedResource[] }[];
}

interface ServedResource {
  readonly resource: string;
  readonly singularResource?: string;
  readonly shortNames?: readonly string[];
}

const aggregated = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';

function servedResources({ server, user }: Invocation): readonly DiscoveredResource[] {
  if (!server) return [];
  return ['/api', '/apis'].flatMap((path) => {
    const { code, text } = server.get({ path, accept: aggregated, user });
    if (code !== 200) return [];
    const { items = [] } = JSON.parse(text) as { readonly items?: readonly GroupDiscovery[] };
    return items.flatMap(({ metadata, versions = [] }) =>
      versions.flatMap(({ resources: served = [] }) =>
        served.map(({ resource, singularResource = '', shortNames = [] }) => ({
          group: metadata?.name ?? '',
          plural: resource,
          singular: singularResource,
          shortNames,
        })),
      ),
    );
  });
}
