import type { KubeObject } from '@kubedrill/kube-model';
import type { Outcome } from '../api/outcome.ts';
import type { Change } from './controller.ts';

/**
 * The API server's door for controllers: defaulting, allocation and strategies as for everybody, but objects instead of
 * bodies and no decoding. A refusal is a value; the controller sees the state again at its next reconciliation.
 */
export interface ChangeWriter {
  /** The object as it is stored after the change, or the last state of one that is gone. */
  write(change: Change): Outcome<KubeObject>;
}
