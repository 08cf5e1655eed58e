/** "900ms", "4s", "2m" -> milliseconds. */
export function readDuration(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m)$/.exec(text);
  if (!match) throw new Error(`"${text}" is no duration: write 900ms, 4s or 2m`);
  const factors: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000 };
  return Number(match[1]) * (factors[match[2] ?? ''] ?? 1);
}
