import { succeed } from '../program.ts';
import type { Program } from '../program.ts';
import { joinLines } from '../text.ts';

/** ps in busybox's form: the container's process and this one. */
export const ps: Program = {
  name: 'ps',
  run(argv, _stdin, { processes }) {
    const own = { pid: (processes.at(-1)?.pid ?? 0) + 6, user: 'root', argv };
    const rows = [...processes, own].map(
      ({ pid, user, argv: command }) => `${String(pid).padStart(5)} ${user.padEnd(8)}  0:00 ${command.join(' ')}`,
    );
    return succeed(joinLines(['PID   USER     TIME  COMMAND', ...rows]));
  },
};
