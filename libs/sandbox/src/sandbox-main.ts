/**
 * Runs inside of each sandbox process. It has no rights but to read code (`--permission`), no environment, and one job at a
 * time. Written without anything that needs more than type stripping, so that it runs from source in tests.
 */
import type { SandboxJob } from '@kubedrill/submissions';
import type { RunMessage, SandboxMessage } from './protocol.ts';

interface JobModule {
  readonly default: (job: SandboxJob) => unknown;
  readonly warmUp?: () => unknown;
}

const OUT_OF_MEMORY =
  /^(?:Invalid (?:string|array|typed array) length|Array buffer allocation failed|Maximum call stack size exceeded|(?:Map|Set) maximum size exceeded)/;

const channel = process.send?.bind(process);
if (channel === undefined) throw new Error('this program is started by the sandbox');
const send = (message: SandboxMessage): void => {
  channel(message);
};

const module = (await import(process.argv[2] ?? '')) as JobModule;
await module.warmUp?.();

process.on('message', (message: RunMessage) => void answer(message));
// Without the platform there is nobody to answer.
process.on('disconnect', () => process.exit());
send({ kind: 'ready' });

async function answer({ run, job }: RunMessage): Promise<void> {
  try {
    send({ kind: 'finished', run, result: await module.default(job) });
  } catch (error) {
    if (error instanceof Error && error.name === 'UnsupportedCommandError') {
      send({ kind: 'unsupported', run, text: error.message });
      return;
    }
    const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    const outOfMemory = error instanceof RangeError && OUT_OF_MEMORY.test(error.message);
    send({ kind: 'threw', run, outOfMemory, message });
  }
}
