import type { ManifestDocument } from '@kubedrill/kube-model';
import type { PreparedInstance } from '../prepared-instance.ts';
import { editCandidates } from './edit-candidates.ts';
import type { ManifestEdit } from './manifest-edit.ts';
import { vocabularyOf } from './vocabulary.ts';

/** Edits of one field each of what is handed in, with the words of the exercise and of the cluster that comes of it. */
export function editsOf(
  { instance, baseline }: PreparedInstance,
  documents: readonly ManifestDocument[],
): readonly ManifestEdit[] {
  const cluster = baseline.fork();
  cluster.apply(documents, { namespace: instance.namespace });
  cluster.settle();
  const values = documents.map(({ value }) => value);
  const vocabulary = vocabularyOf(instance, values, cluster);
  return values.flatMap((value, index) => editCandidates(index, value, vocabulary));
}
