import type { Json } from '@kubedrill/kube-model';

/** The value as it would be serialised: without undefined members. */
export function plain(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}
