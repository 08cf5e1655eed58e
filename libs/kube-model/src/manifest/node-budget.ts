import type { ManifestBounds } from './manifest.ts';
import { ManifestProblem } from './manifest-problem.ts';

/** Counts what the documents of one call cost, so that a small file cannot unfold into a huge value. */
export class NodeBudget {
  readonly #bounds: ManifestBounds;
  #nodes = 0;

  constructor(bounds: ManifestBounds) {
    this.#bounds = bounds;
  }

  get depth(): number {
    return this.#bounds.depth;
  }

  spend(nodes: number, offset: number): void {
    this.#nodes += nodes;
    if (this.#nodes <= this.#bounds.nodes) return;
    throw new ManifestProblem(
      'tooManyNodes',
      `more than ${this.#bounds.nodes} keys and values`,
      'send fewer or smaller documents',
      offset,
    );
  }

  /** `depth`: how many objects and lists are open, the one at `offset` included. */
  enter(depth: number, offset: number): void {
    if (depth <= this.#bounds.depth) return;
    throw new ManifestProblem(
      'tooDeep',
      `nested deeper than ${this.#bounds.depth} levels`,
      'no Kubernetes object needs that depth: look for a missing closing bracket or a wrong indentation',
      offset,
    );
  }
}
