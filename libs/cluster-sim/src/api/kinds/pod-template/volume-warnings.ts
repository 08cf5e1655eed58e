import type { Path } from '../../validation/path.ts';
import type { Volume } from './validation/pod-spec-shape.ts';

/** Volume plugins that have gone, in the order in which Kubernetes looks. */
const deprecatedSources: readonly (readonly [source: string, message: string, shown?: string])[] = [
  ['photonPersistentDisk', 'deprecated in v1.11, non-functional in v1.16+'],
  ['gitRepo', 'deprecated in v1.11, and disabled by default in v1.33+'],
  ['scaleIO', 'deprecated in v1.16, non-functional in v1.22+'],
  ['flocker', 'deprecated in v1.22, non-functional in v1.25+'],
  ['storageos', 'deprecated in v1.22, non-functional in v1.25+', 'storageOS'],
  ['quobyte', 'deprecated in v1.22, non-functional in v1.25+'],
  ['glusterfs', 'deprecated in v1.25, non-functional in v1.26+'],
  ['cephfs', 'deprecated in v1.28, non-functional in v1.31+'],
  ['rbd', 'deprecated in v1.28, non-functional in v1.31+'],
];

export function volumeWarnings(volumes: readonly Volume[], at: Path): readonly string[] {
  return volumes.flatMap((volume, index) =>
    deprecatedSources
      .filter(([source]) => volume[source] !== undefined)
      .map(
        ([source, message, shown]) =>
          `${at
            .index(index)
            .child(shown ?? source)
            .toString()}: ${message}`,
      ),
  );
}
