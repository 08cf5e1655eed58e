import type { ConfigMap, Container, Pod, Volume } from '@kubedrill/kube-model';
import type { ObjectView } from '../store/object-view.ts';

/** The ConfigMap that a volume of the Pod needs and that is not there: the Pod's sandbox waits for it. */
export function missingVolumeSource({ metadata, spec }: Pod, view: ObjectView): string | undefined {
  for (const { configMap } of spec.volumes ?? []) {
    if (!configMap || configMap.optional) continue;
    const name = configMap.name ?? '';
    if (!view.get('ConfigMap', metadata.namespace ?? '', name)) return name;
  }
  return undefined;
}

const none: ReadonlyMap<string, string> = new Map();

/** Files that volumes of ConfigMaps bring into the container: absolute path -> content. */
export function filesOf(
  { volumeMounts }: Container,
  { metadata, spec }: Pod,
  view: ObjectView,
): ReadonlyMap<string, string> {
  if (!volumeMounts?.length || !spec.volumes?.length) return none;
  const files = new Map<string, string>();
  for (const { name, mountPath, subPath } of volumeMounts) {
    const volume = spec.volumes.find((candidate) => candidate.name === name);
    const map = volume?.configMap && view.get('ConfigMap', metadata.namespace ?? '', volume.configMap.name ?? '');
    if (!volume || !map) continue;
    for (const [path, content] of projected(volume, map)) {
      if (subPath === undefined) files.set(`${mountPath.replace(/\/$/, '')}/${path}`, content);
      else if (path === subPath) files.set(mountPath, content);
      else if (path.startsWith(`${subPath}/`)) files.set(`${mountPath}${path.slice(subPath.length)}`, content);
    }
  }
  return files;
}

function projected({ configMap }: Volume, { data = {} }: ConfigMap): readonly (readonly [string, string])[] {
  if (!configMap?.items) return Object.entries(data);
  return configMap.items.flatMap(({ key, path }) =>
    Object.hasOwn(data, key) ? [[path, data[key] ?? ''] as const] : [],
  );
}
