import { serve, stoppable } from '../exec/program.ts';
import type { Program } from '../exec/program.ts';

/** A process that only waits, and ends well when it is told to. */
export function waitingProgram(name: string, log = ''): Program {
  return { name, run: () => stoppable(serve([], log), 0) };
}
