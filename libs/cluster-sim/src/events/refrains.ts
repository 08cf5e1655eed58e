import type { Instant } from '../engine/time.ts';
import type { Refrain, Remark } from './remark.ts';

/** Whoever reads Events after a long time does not get all that a refrain has said meanwhile: bounds the work of one look. */
const maxVerses = 4096;

interface Verse {
  readonly remark: Remark;
  readonly at: Instant;
}

interface Running extends Refrain {
  /** The next pause. */
  readonly index: number;
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

  begin(refrain: Refrain): void {
    this.running.set(refrain.key, { ...refrain, index: 0 });
  }

  end(key: string): void {
    this.running.delete(key);
  }

  endOf(host: string): void {
    for (const [key, { remarks }] of this.running)
      if (remarks.some(({ by }) => by.form === 'older' && by.host === host)) this.running.delete(key);
  }

  /** What has been said before that moment, in the order of time; at the moment itself a refrain may just end. */
  before(moment: Instant): readonly Verse[] {
    const verses: Verse[] = [];
    for (const [key, refrain] of this.running) {
      const { next, times } = timesBefore(moment, refrain);
      for (const at of times) for (const remark of refrain.remarks) verses.push({ remark, at });
      if (next !== refrain) this.running.set(key, next);
    }
    return verses.length > 1 ? verses.sort((left, right) => left.at - right.at) : verses;
  }
}

/** The last of them where there are too many. */
function timesBefore(
  moment: Instant,
  refrain: Running,
): { readonly next: Running; readonly times: readonly Instant[] } {
  const { pauses } = refrain;
  let { from, index } = refrain;
  const times: Instant[] = [];
  for (;;) {
    const pause = pauses[Math.min(index, pauses.length - 1)] ?? Infinity;
    if (from + pause >= moment) break;
    const isLast = index >= pauses.length - 1;
    const skipped = isLast ? Math.max(0, Math.ceil((moment - from) / pause) - 1 - maxVerses) : 0;
    from += pause * (skipped + 1);
    index += 1;
    times.push(from);
  }
  return { next: times.length === 0 ? refrain : { ...refrain, from, index }, times };
}
