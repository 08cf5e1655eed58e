import type { Instant } from '@kubedrill/cluster-sim';
import type { Kind, ObjectOfKind } from '@kubedrill/kube-model';
import type { ObjectReader } from './object-reader.ts';
import type { Sheet } from './sheet.ts';

export interface DescriptionContext {
  readonly reader: ObjectReader;
  readonly now: Instant;
  readonly showsEvents: boolean;
}

/** Writes what kubectl has to say of an object of one kind: kubectl/pkg/describe. */
export type Describer<K extends Kind> = (sheet: Sheet, object: ObjectOfKind[K], context: DescriptionContext) => void;
