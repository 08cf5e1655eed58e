import { goQuote } from '../../validation/go-quote.ts';
import type { KeyToPath, Projection, Volume } from './validation/pod-spec-shape.ts';

/** A file of a volume that is made from objects, and which source writes it. */
interface VirtualPath {
  readonly path: string;
  /** '' where the volume has one source. */
  readonly source: string;
}

/** warningsForOverlappingVirtualPaths of pkg/api/pod/warnings.go: files in each other's way, of which the last one written stays. */
export function virtualPathWarnings(volumes: readonly Volume[]): readonly string[] {
  return volumes.flatMap((volume) => {
    const { configMap, secret, downwardAPI, projected } = volume;
    return [
      ...overlaps(volume, `ConfigMap ${goQuote(configMap?.name ?? '')}`, pathsOf(configMap?.items)),
      ...overlaps(volume, `Secret ${goQuote(secret?.secretName ?? '')}`, pathsOf(secret?.items)),
      ...overlaps(volume, 'DownwardAPI', pathsOf(downwardAPI?.items)),
      ...projectionWarnings(volume, projected?.sources ?? []),
    ];
  });
}

function projectionWarnings(volume: Volume, sources: readonly Projection[]): readonly string[] {
  const known: VirtualPath[] = [];
  return sources.flatMap((projection) => {
    if (Object.keys(projection).length === 0)
      return [`volume ${goQuote(volume.name)} (Projected) has no sources provided`];
    return overlaps(volume, 'Projected', projectedPaths(projection), known);
  });
}

/** The first source that says which files it writes. */
function projectedPaths({ configMap, secret, downwardAPI, serviceAccountToken }: Projection): readonly VirtualPath[] {
  if (configMap?.items) return pathsOf(configMap.items, `ConfigMap ${goQuote(configMap.name ?? '')}`);
  if (secret?.items) return pathsOf(secret.items, `Secret ${goQuote(secret.name ?? '')}`);
  if (downwardAPI?.items) return pathsOf(downwardAPI.items, 'DownwardAPI');
  return serviceAccountToken ? pathsOf([{ path: serviceAccountToken.path ?? '' }], 'ServiceAccountToken') : [];
}

function pathsOf(items: readonly Pick<KeyToPath, 'path'>[] | undefined, source = ''): readonly VirtualPath[] {
  return (items ?? []).map(({ path }) => ({ path: path.replace(/\/+$/, ''), source }));
}

function overlaps(
  { name }: Volume,
  description: string,
  paths: readonly VirtualPath[],
  known: VirtualPath[] = [],
): readonly string[] {
  return paths.flatMap((current) => {
    const collisions = current.path === '' ? [] : known.filter((other) => collide(current.path, other.path));
    known.push(current);
    return collisions.map(
      (other) => `volume ${goQuote(name)} (${description}): overlapping paths: ${shown(current)} with ${shown(other)}`,
    );
  });
}

/** The same place, or one below the other. */
function collide(path: string, other: string): boolean {
  return other !== '' && (`${other}/`.startsWith(`${path}/`) || `${path}/`.startsWith(`${other}/`));
}

function shown({ path, source }: VirtualPath): string {
  return source === '' ? goQuote(path) : `${goQuote(path)} (${source})`;
}
