import type { Instant } from '../engine/time.ts';
import type { Utterance } from './remark.ts';

export interface Entry {
  readonly at: Instant;
  readonly utterance: Utterance;
}

interface Link extends Entry {
  readonly before: Link | undefined;
}

/** What has been said and not been made into Events yet: links of a chain, which forks share. */
export class UtteranceLog {
  private last: Link | undefined;
  private length: number;

  constructor(source?: UtteranceLog) {
    this.last = source?.last;
    this.length = source?.length ?? 0;
  }

  get size(): number {
    return this.length;
  }

  add(at: Instant, utterance: Utterance): void {
    this.last = { at, utterance, before: this.last };
    this.length += 1;
  }

  /** All of it, the oldest first; it is gone from here then. */
  take(): readonly Entry[] {
    const entries: Entry[] = [];
    for (let link = this.last; link; link = link.before) entries.push(link);
    this.last = undefined;
    this.length = 0;
    return entries.reverse();
  }

  fork(): UtteranceLog {
    return new UtteranceLog(this);
  }
}
