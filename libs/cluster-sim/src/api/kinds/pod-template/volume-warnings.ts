import type { Path } from '../../validation/path.ts';
import { claimWarnings } from './quantity-warnings.ts';
import type { Volume } from './validation/pod-spec-shape.ts';

/** Volume plugins that have gone, in the order in which Kubernetes looks; among them claims, which are looked at by themselves. */
const deprecatedSources: readonly (readonly [source: string, message: string, shown?: string])[] = [
  ['photonPersistentDisk', 'deprecated in v1.11, non-functional in v1.16+'],
  ['gitRepo', 'deprecated in v1.11, and disabled by default in v1.33+'],
  ['scaleIO', 'deprecated in v1.16, non-functional in v1.22+'],
  ['flocker', 'deprecated in v1.22, non-functional in v1.25+'],
  ['storageos', 'deprecated in v1.22, non-functional in v1.25+', 'storageOS'],
  ['quobyte', 'deprecated in v1.22, non-functional in v1.25+'],
  ['glusterfs', 'deprecated in v1.25, non-functional in v1.26+'],
  ['ephemeral', ''],
  ['cephfs', 'deprecated in v1.28, non-functional in v1.31+'],
  ['rbd', 'deprecated in v1.28, non-functional in v1.31+'],
];

export function volumeWarnings(volumes: readonly Volume[], at: Path): readonly string[] {
  return volumes.flatMap((volume, index) => {
    const place = at.index(index);
    return deprecatedSources.flatMap(([source, message, shown = source]) => {
      if (volume[source] === undefined) return [];
      return source === 'ephemeral'
        ? templateWarnings(volume, place)
        : [`${place.child(shown).toString()}: ${message}`];
    });
  });
}

function templateWarnings({ ephemeral }: Volume, at: Path): readonly string[] {
  const template = ephemeral?.volumeClaimTemplate;
  return template ? claimWarnings(template.spec, at.child('ephemeral').child('volumeClaimTemplate').child('spec')) : [];
}
