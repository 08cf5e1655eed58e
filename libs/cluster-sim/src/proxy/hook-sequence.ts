import { times } from '../network/ratio.ts';
import type { Packet } from './packet.ts';
import type { HookResult } from './proxy-backend.ts';

/** What comes of a packet that has passed one chain of a hook and meets the next. */
export function followedBy(
  results: readonly HookResult[],
  next: (packet: Packet) => readonly HookResult[],
): readonly HookResult[] {
  return results.flatMap((before) => {
    if (before.verdict !== 'accept') return [before];
    return next(before.packet).map((after) => ({
      ...after,
      probability: times(before.probability, after.probability),
      hops: [...before.hops, ...after.hops],
      marks: [...before.marks, ...after.marks],
    }));
  });
}
