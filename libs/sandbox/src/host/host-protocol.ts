import type { Probe } from '@kubedrill/cluster-sim';
import type { HostedSandbox } from '@kubedrill/submissions';

/** Platform to host; each is answered once. */
export type HostCall =
  | { readonly do: 'ping' }
  | { readonly do: 'open'; readonly sandbox: HostedSandbox }
  | { readonly do: 'close' | 'look'; readonly id: string }
  | { readonly do: 'connect'; readonly id: string; readonly probe: Probe };

export interface NumberedCall {
  readonly number: number;
  readonly call: HostCall;
}

/** Host to platform. */
export type HostMessage =
  | { readonly kind: 'ready' }
  /** A sandbox was given up: its journal could not be written, so its cluster knows more than that. */
  | { readonly kind: 'gone'; readonly id: string }
  | { readonly kind: 'done'; readonly number: number; readonly value: unknown }
  | { readonly kind: 'failed'; readonly number: number; readonly message: string };

/** What comes over the channel is looked at before it is believed. */
export function isHostMessage(message: unknown): message is HostMessage {
  if (typeof message !== 'object' || message === null || !('kind' in message)) return false;
  switch (message.kind) {
    case 'ready':
      return true;
    case 'gone':
      return 'id' in message && typeof message.id === 'string';
    case 'done':
      return 'number' in message && 'value' in message;
    case 'failed':
      return 'number' in message && 'message' in message && typeof message.message === 'string';
    default:
      return false;
  }
}
