import type { SandboxJob } from '@kubedrill/submissions';

/** Platform to process. */
export interface RunMessage {
  readonly kind: 'run';
  readonly run: number;
  readonly job: SandboxJob;
}

/** Process to platform. */
export type SandboxMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'finished'; readonly run: number; readonly result: unknown }
  | { readonly kind: 'unsupported'; readonly run: number; readonly text: string }
  /** outOfMemory: the engine refused an allocation or the stack ran over, in words instead of a crash. */
  | { readonly kind: 'threw'; readonly run: number; readonly outOfMemory: boolean; readonly message: string };

/** What comes over the channel is the word of a process that runs foreign input: looked at before it is believed. */
export function isSandboxMessage(message: unknown): message is SandboxMessage {
  if (typeof message !== 'object' || message === null || !('kind' in message)) return false;
  switch (message.kind) {
    case 'ready':
      return true;
    case 'finished':
      return 'run' in message && 'result' in message;
    case 'unsupported':
      return 'run' in message && 'text' in message && typeof message.text === 'string';
    case 'threw':
      return (
        'run' in message && 'outOfMemory' in message && 'message' in message && typeof message.message === 'string'
      );
    default:
      return false;
  }
}
