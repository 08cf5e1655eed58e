import type { Duration } from '@kubedrill/cluster-sim';
import { z } from 'zod';

const milliseconds: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** "30s", "5m", "1h30m", "500ms": how authors write spans of virtual time. Parsed to milliseconds. */
export const durationSchema = z
  .string()
  .regex(/^(\d{1,6}(ms|s|m|h))+$/, { error: 'write a span of time such as "30s", "5m" or "1h30m"' })
  .transform((text): Duration => {
    let total = 0;
    for (const [, amount, unit] of text.matchAll(/(\d+)(ms|s|m|h)/g))
      total += Number(amount) * (milliseconds[unit ?? ''] ?? 0);
    return total;
  })
  .describe('A span of virtual time: "30s", "5m", "1h30m"');

/** For people: "30s", "5m", "1h30m". */
export function formatDuration(duration: Duration): string {
  let rest = duration;
  let text = '';
  for (const unit of ['h', 'm', 's', 'ms']) {
    const size = milliseconds[unit] ?? 1;
    if (rest >= size) {
      text += `${Math.floor(rest / size)}${unit}`;
      rest %= size;
    }
  }
  return text === '' ? '0s' : text;
}
