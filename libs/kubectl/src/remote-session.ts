import type { OpenedSession } from '@kubedrill/cluster-sim';
import type { Invocation } from './invocation.ts';
import { waitUntil } from './object-watch.ts';

/** Whoever sits before a session has left by then. */
const longestSession = 3_600_000;

/** Carries a session on in the cluster's time until it ends; undefined where it does not. */
export function runSession(
  { cluster, console, stdin }: Invocation,
  opened: Extract<OpenedSession, { readonly ok: true }>,
  takesInput: boolean,
): number | undefined {
  const { session } = opened;
  if (takesInput) session.input(stdin);
  session.endInput();
  const ended = waitUntil(cluster, cluster.clock.now() + longestSession, () => {
    const { stdout, stderr } = session.advance(cluster.clock.now());
    console.stdout += stdout;
    console.stderr += stderr;
    return session.exitCode !== undefined;
  });
  if (ended) return session.exitCode;
  console.isEndless = true;
  return undefined;
}

/** Nobody sits at a terminal here. */
export const noTerminal = 'Unable to use a TTY - input is not a terminal or the right kind of file';
