const units: Readonly<Record<string, number>> = {
  h: 3_600_000,
  m: 60_000,
  s: 1_000,
  ms: 1,
  us: 0.001,
  µs: 0.001,
  μs: 0.001,
  ns: 0.000_001,
};

/** time.ParseDuration of a text that is one, in milliseconds; 0 of an empty one. */
export function durationOf(text: string): number {
  const amounts = [...text.matchAll(/(\d+\.?\d*|\.\d+)(h|ms|us|µs|μs|ns|m|s)/g)];
  const sum = amounts.reduce((total, [, amount = '0', unit = 's']) => total + Number(amount) * (units[unit] ?? 0), 0);
  return text.startsWith('-') ? -sum : sum;
}
