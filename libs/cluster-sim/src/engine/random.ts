/** A seeded generator: the only source of chance in the cluster, so that a seed replays a run. */
export interface Random {
  /** A whole number from 0 up to, not including, the bound. */
  below(bound: number): number;
  /** An independent generator with the same state. */
  fork(): Random;
  /** Where it stands, for `goBack`. */
  position(): RandomPosition;
  goBack(position: RandomPosition): void;
}

export type RandomPosition = readonly [number, number, number, number];

/** sfc32 (Chris Doty-Humphrey, PractRand), seeded from one 32-bit number. */
export function createRandom(seed: number): Random {
  return new SmallFastCounting([seed | 0, 0x9e3779b9 | 0, 0x243f6a88 | 0, 1], 12);
}

class SmallFastCounting implements Random {
  private a: number;
  private b: number;
  private c: number;
  private counter: number;

  constructor([a, b, c, counter]: RandomPosition, warmUpRounds: number) {
    this.a = a;
    this.b = b;
    this.c = c;
    this.counter = counter;
    for (let round = 0; round < warmUpRounds; round += 1) this.next();
  }

  below(bound: number): number {
    return Math.floor((this.next() / 4294967296) * bound);
  }

  fork(): Random {
    return new SmallFastCounting(this.position(), 0);
  }

  position(): RandomPosition {
    return [this.a, this.b, this.c, this.counter];
  }

  goBack([a, b, c, counter]: RandomPosition): void {
    this.a = a;
    this.b = b;
    this.c = c;
    this.counter = counter;
  }

  private next(): number {
    const sum = (((this.a + this.b) | 0) + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (this.c << 21) | (this.c >>> 11);
    this.c = (this.c + sum) | 0;
    return sum >>> 0;
  }
}

/** k8s.io/apimachinery/pkg/util/rand: no vowels and no look-alikes, so that no names turn out to be words. */
const suffixAlphabet = 'bcdfghjklmnpqrstvwxz2456789';

export function randomSuffix(random: Random, length = 5): string {
  let suffix = '';
  for (let index = 0; index < length; index += 1) suffix += suffixAlphabet.charAt(random.below(suffixAlphabet.length));
  return suffix;
}
