import type { ManifestFile } from '@kubedrill/kube-model';

/** A section as its author wrote it. */
export interface SectionSource {
  /** Relative to the content's root. */
  readonly file: string;
  readonly markdown: string;
  /** What a module holds beside its exercises: the manifests that sections name. */
  readonly manifests: readonly ManifestFile[];
}
