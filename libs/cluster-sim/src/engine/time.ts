/** Milliseconds since the Unix epoch, on the cluster's virtual clock. */
export type Instant = number;

/** A span in milliseconds. */
export type Duration = number;

/** The virtual clock as readers see it; only the engine moves it. */
export interface Clock {
  now(): Instant;
}

/** The last answer: at one moment of the virtual clock the same time is written many times. */
let written = { second: Number.NaN, text: '' };

/** metav1.Time as the API server writes it: RFC 3339, UTC, whole seconds. */
export function formatTime(instant: Instant): string {
  const second = Math.floor(instant / 1000);
  if (second !== written.second) written = { second, text: `${new Date(second * 1000).toISOString().slice(0, 19)}Z` };
  return written.text;
}
