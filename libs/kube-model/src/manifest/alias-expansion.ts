/** Up to this many decoded nodes nearly all may come from aliases; from the second number on a tenth (go-yaml decode.go). */
const RATIO_RANGE_LOW = 400_000;
const RATIO_RANGE_HIGH = 4_000_000;

/** go-yaml's guard against documents that are small as text and huge as values. */
export class AliasExpansion {
  #aliased = 0;

  /** Adds the nodes of one alias; `decoded` are all nodes of the document so far, these included. */
  isExcessive(nodes: number, decoded: number): boolean {
    this.#aliased += nodes;
    return this.#aliased > 100 && decoded > 1000 && this.#aliased / decoded > allowedRatio(decoded);
  }
}

function allowedRatio(decoded: number): number {
  if (decoded <= RATIO_RANGE_LOW) return 0.99;
  if (decoded >= RATIO_RANGE_HIGH) return 0.1;
  return 0.99 - 0.89 * ((decoded - RATIO_RANGE_LOW) / (RATIO_RANGE_HIGH - RATIO_RANGE_LOW));
}
