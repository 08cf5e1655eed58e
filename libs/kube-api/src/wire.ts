import type { ApiStatus } from '@kubedrill/cluster-sim';
import type { Json } from '@kubedrill/kube-model';

/** One HTTP request to the Kubernetes API, without its connection. */
export interface WireRequest {
  readonly method: string;
  /** Decoded, without the query. */
  readonly path: string;
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

/** A stream that goes on until the client leaves or its time is over. */
export interface WatchAnswer {
  readonly kind: 'watch';
  /** Starts it; `send` takes one line of JSON. The result ends it. */
  readonly start: (send: (event: Json) => void) => () => void;
  readonly timeoutSeconds: number | undefined;
}

export type WireAnswer = DocumentAnswer | TextAnswer | WatchAnswer;

export function documentAnswer(code: number, body: Json, warnings: readonly string[] = []): DocumentAnswer {
  return { kind: 'document', code, body, warnings };
}

/** metav1.Status as it goes over the wire: with the metadata that every Status has. */
export function statusAnswer(status: ApiStatus, warnings: readonly string[] = []): DocumentAnswer {
  const { kind, apiVersion, ...rest } = status;
  const body = { kind, apiVersion, metadata: {}, ...rest } as unknown as Json;
  return documentAnswer(status.code, body, warnings);
}
