import type { Duration, Instant } from '../engine/time.ts';
import type { Refrain, Remark } from './remark.ts';

/** Whoever reads Events after a long time does not get all that a refrain has said meanwhile: bounds the work of one look. */
const maxVerses = 4096;

interface Verse {
  readonly remark: Remark;
  readonly at: Instant;
}

interface Running {
  readonly remark: Remark;
  readonly next: Instant;
  readonly every: Duration;
}

/** What is being said again and again. */
export class Refrains {
  private readonly running: Map<string, Running>;

  constructor(source?: Refrains) {
    this.running = new Map(source?.running);
  }

  fork(): Refrains {
    return new Refrains(this);
  }

  begin({ key, remark, first, every }: Refrain): void {
    this.running.set(key, { remark, next: first, every });
  }

  end(key: string): void {
    this.running.delete(key);
  }

  /** What has been said before that moment, in the order of time; at the moment itself a refrain may just end. */
  before(moment: Instant): readonly Verse[] {
    const verses: Verse[] = [];
    for (const [key, { remark, next, every }] of this.running) {
      if (next >= moment) continue;
      const count = Math.ceil((moment - next) / every);
      for (let index = Math.max(0, count - maxVerses); index < count; index += 1)
        verses.push({ remark, at: next + index * every });
      this.running.set(key, { remark, next: next + count * every, every });
    }
    return verses.length > 1 ? verses.sort((left, right) => left.at - right.at) : verses;
  }
}
