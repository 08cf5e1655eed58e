import type { Container, Pod } from '@kubedrill/kube-model';
import type { MountedVolume } from '../exec/file-system.ts';

const noVolumes: readonly MountedVolume[] = [];

/** The emptyDirs of Pods, for as long as the Pods are there (pkg/volume/emptydir). */
export class SharedVolumes {
  private readonly contents: Map<string, Map<string, string>>;

  constructor(source?: SharedVolumes) {
    this.contents = new Map();
    for (const [place, files] of source?.contents ?? []) this.contents.set(place, new Map(files));
  }

  fork(): SharedVolumes {
    return new SharedVolumes(this);
  }

  mountsOf({ volumeMounts = [] }: Container, { metadata, spec }: Pod): readonly MountedVolume[] {
    if (volumeMounts.length === 0 || !spec.volumes?.some(isEmptyDirectory)) return noVolumes;
    return volumeMounts.flatMap(({ name, mountPath }) => {
      const volume = spec.volumes?.find((candidate) => candidate.name === name);
      if (!volume || !isEmptyDirectory(volume)) return [];
      const place = `${metadata.uid}/${name}`;
      const files = this.contents.get(place) ?? new Map<string, string>();
      this.contents.set(place, files);
      return [{ path: mountPath.replace(/\/+$/, ''), files }];
    });
  }

  forget(uid: string): void {
    if (this.contents.size === 0) return;
    for (const place of [...this.contents.keys()]) if (place.startsWith(`${uid}/`)) this.contents.delete(place);
  }
}

function isEmptyDirectory(volume: object): boolean {
  return 'emptyDir' in volume;
}
