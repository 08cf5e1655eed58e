import type { GradedAnew, PendingItem } from './regrade.ts';

const capacity = 2_000;

/**
 * What the same answer to the same instance gave a moment ago. Results are deterministic, so it need not be graded again; the
 * receipt of what is stored says what was answered.
 */
export class KnownResults {
  readonly #graded = new Map<string, Extract<GradedAnew, { kind: 'graded' }>>();

  /** Undefined when it has to be graded. */
  of(item: PendingItem): GradedAnew | undefined {
    const known = this.#graded.get(keyOf(item));
    if (!known) return undefined;
    const { kind, grade, receipt } = known;
    if (receipt.result === item.receipt.result) return { kind, grade, receipt };
    return known.result && known;
  }

  add(item: PendingItem, outcome: GradedAnew): void {
    if (outcome.kind !== 'graded') return;
    this.#graded.set(keyOf(item), outcome);
    const [oldest] = this.#graded.keys();
    if (oldest !== undefined && this.#graded.size > capacity) this.#graded.delete(oldest);
  }
}

const keyOf = ({ digest, variant, seed, receipt }: PendingItem): string =>
  `${digest} ${variant} ${seed} ${receipt.submission}`;
