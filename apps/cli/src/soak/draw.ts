import { createRandom, type Random } from '@kubedrill/cluster-sim';

/** Choices of a generator: the same seed and number choose the same, on any machine. */
export class Draw {
  private readonly random: Random;

  constructor(seed: number, number = 0) {
    this.random = createRandom(Math.imul(seed, 0x9e3779b1) ^ Math.imul(number + 1, 0x85ebca6b));
  }

  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number {
    return from + this.random.below(to - from + 1);
  }

  /** True in so many of a hundred cases. */
  percent(share: number): boolean {
    return this.random.below(100) < share;
  }

  pick<T>(choices: readonly T[]): T {
    const chosen = choices[this.random.below(choices.length)];
    if (chosen === undefined) throw new Error('there is nothing to choose from');
    return chosen;
  }

  /** So many elements, each made anew. */
  list<T>(from: number, to: number, make: (index: number) => T): readonly T[] {
    return Array.from({ length: this.between(from, to) }, (_, index) => make(index));
  }

  /** The members in so many of a hundred cases; none otherwise. */
  maybe<T extends object>(share: number, make: () => T): T | Record<string, never> {
    return this.percent(share) ? make() : {};
  }

  shuffled<T>(elements: readonly T[]): readonly T[] {
    const left = [...elements];
    return elements.flatMap(() => left.splice(this.random.below(left.length), 1));
  }
}
