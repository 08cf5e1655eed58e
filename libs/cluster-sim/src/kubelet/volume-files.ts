import type { Container, Pod, Volume } from '@kubedrill/kube-model';
import type { ObjectView } from '../store/object-view.ts';
import { secretData } from './secret-data.ts';

/** A volume's source as far as it is modelled: a ConfigMap or a Secret. */
interface Source {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  readonly optional: boolean;
  readonly items: readonly { readonly key: string; readonly path: string }[] | undefined;
}

function sourceOf({ configMap, secret }: Volume): Source | undefined {
  if (configMap) {
    const { name = '', optional = false, items } = configMap;
    return { kind: 'ConfigMap', name, optional, items };
  }
  if (typeof secret !== 'object' || secret === null) return undefined;
  const {
    secretName = '',
    optional = false,
    items,
  } = secret as {
    readonly secretName?: string;
    readonly optional?: boolean;
    readonly items?: Source['items'];
  };
  return { kind: 'Secret', name: secretName, optional, items };
}

function dataOf(
  { kind, name }: Source,
  namespace: string,
  view: ObjectView,
): Readonly<Record<string, string>> | undefined {
  if (kind === 'ConfigMap') {
    const map = view.get('ConfigMap', namespace, name);
    return map && (map.data ?? {});
  }
  const secret = view.get('Secret', namespace, name);
  return secret && secretData(secret);
}

export interface MissingVolume {
  readonly volume: string;
  readonly source: Source['kind'];
  readonly name: string;
}

/** Volumes that need a ConfigMap or Secret which is missing: the Pod's sandbox then waits. */
export function missingVolumes({ metadata, spec }: Pod, view: ObjectView): readonly MissingVolume[] {
  if (!spec.volumes) return noVolumes;
  return spec.volumes.flatMap((volume) => {
    const source = sourceOf(volume);
    const isMissing = source && !source.optional && !dataOf(source, metadata.namespace ?? '', view);
    return isMissing ? [{ volume: volume.name, source: source.kind, name: source.name }] : [];
  });
}

const noVolumes: readonly MissingVolume[] = [];

const none: ReadonlyMap<string, string> = new Map();

/** Files that volumes bring into the container: absolute path -> content. */
export function filesOf(
  { volumeMounts }: Container,
  { metadata, spec }: Pod,
  view: ObjectView,
): ReadonlyMap<string, string> {
  if (!volumeMounts?.length || !spec.volumes?.length) return none;
  const files = new Map<string, string>();
  for (const { name, mountPath, subPath } of volumeMounts) {
    const volume = spec.volumes.find((candidate) => candidate.name === name);
    const source = volume && sourceOf(volume);
    const data = source && dataOf(source, metadata.namespace ?? '', view);
    if (!data) continue;
    for (const [path, content] of projected(source, data)) {
      if (subPath === undefined || subPath === '') files.set(`${mountPath.replace(/\/$/, '')}/${path}`, content);
      else if (path === subPath) files.set(mountPath, content);
      else if (path.startsWith(`${subPath}/`)) files.set(`${mountPath}${path.slice(subPath.length)}`, content);
    }
  }
  return files;
}

function projected({ items }: Source, data: Readonly<Record<string, string>>): readonly (readonly [string, string])[] {
  if (!items) return Object.entries(data);
  return items.flatMap(({ key, path }) => (Object.hasOwn(data, key) ? [[path, data[key] ?? ''] as const] : []));
}
