/** Milliseconds since the Unix epoch, on the cluster's virtual clock. */
export type Instant = number;

/** A span in milliseconds. */
export type Duration = number;

/** The virtual clock as readers see it; only the engine moves it. */
export interface Clock {
  now(): Instant;
}

/** metav1.Time as the API server writes it: RFC 3339, UTC, whole seconds. */
export function formatTime(instant: Instant): string {
  return `${new Date(instant).toISOString().slice(0, 19)}Z`;
}
