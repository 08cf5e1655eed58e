import type { Evidence } from '@kubedrill/cluster-sim';

/** What is wrong with an object, in a sentence, and the fields that say so. */
export interface Diagnosis {
  readonly text: string;
  readonly evidence: readonly Evidence[];
}
