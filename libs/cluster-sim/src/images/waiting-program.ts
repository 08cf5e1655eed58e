import { serve } from '../exec/program.ts';
import type { Program } from '../exec/program.ts';

/** A process that only waits. */
export function waitingProgram(name: string, log = ''): Program {
  return { name, run: () => serve([], log) };
}
