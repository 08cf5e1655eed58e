import type { ApiStatus } from '@kubedrill/cluster-sim';
import type { Json } from '@kubedrill/kube-model';

/** One HTTP request to the Kubernetes API, without its connection. */
export interface WireRequest {
  readonly method: string;
  /** Decoded, without the query. */
  readonly path: string;
  /** Path and query as they came. */
  readonly url: string;
  /** All of them, by lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Headers, '' when absent. */
  readonly accept: string;
  readonly contentType: string;
  readonly userAgent: string;
  readonly body: Uint8Array;
}

export interface DocumentAnswer {
  readonly kind: 'document';
  readonly code: number;
  readonly body: Json;
  readonly warnings: readonly string[];
  /** Where it says more than application/json: which form of discovery it is. */
  readonly contentType?: string;
}

export interface TextAnswer {
  readonly kind: 'text';
  readonly code: number;
  readonly text: string;
}

/** What is sent as it is, with its own headers: another server's answer, or a text that never changes. */
export interface ProxiedAnswer {
  readonly kind: 'proxied';
  readonly code: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Text that goes on until the client leaves or the source ends it. */
export interface StreamAnswer {
  readonly kind: 'stream';
  readonly contentType: string;
  /** Starts it. The result ends it from the client's side. */
  readonly start: (send: (text: string) => void, end: () => void) => () => void;
}

/** A stream that goes on until the client leaves or its time is over. */
export interface WatchAnswer {
  readonly kind: 'watch';
  /** Starts it; `send` takes one line of JSON. The result ends it. */
  readonly start: (send: (event: Json) => void) => () => void;
  readonly timeoutSeconds: number | undefined;
}

export type WireAnswer = DocumentAnswer | TextAnswer | ProxiedAnswer | StreamAnswer | WatchAnswer;

export function documentAnswer(code: number, body: Json, warnings: readonly string[] = []): DocumentAnswer {
  return { kind: 'document', code, body, warnings };
}

/** metav1.Status as it goes over the wire: with the metadata that every Status has. */
export function statusAnswer(status: ApiStatus, warnings: readonly string[] = []): DocumentAnswer {
  const { kind, apiVersion, ...rest } = status;
  const body = { kind, apiVersion, metadata: {}, ...rest } as unknown as Json;
  return documentAnswer(status.code, body, warnings);
}
