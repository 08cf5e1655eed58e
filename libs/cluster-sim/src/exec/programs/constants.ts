import { fail, serve, succeed } from '../program.ts';
import type { Program } from '../program.ts';

/** `true`, `false` and the programs that print one fact. */
export const trueProgram: Program = { name: 'true', run: () => succeed() };
export const falseProgram: Program = { name: 'false', run: () => fail(1, '') };

export const whoami: Program = { name: 'whoami', run: () => succeed('root\n') };

export const id: Program = {
  name: 'id',
  run: (argv) =>
    succeed(
      argv[1] === '-u' || argv[1] === '-g'
        ? '0\n'
        : argv[1] === '-un'
          ? 'root\n'
          : 'uid=0(root) gid=0(root) groups=0(root)\n',
    ),
};

export const uname: Program = {
  name: 'uname',
  run(argv, _stdin, { hostname }) {
    const release = '6.8.0-kubedrill';
    const version = '#1 SMP PREEMPT_DYNAMIC';
    const option = argv[1] ?? '-s';
    const parts: ReadonlyMap<string, string> = new Map([
      ['s', 'Linux'],
      ['n', hostname],
      ['r', release],
      ['v', version],
      ['m', 'x86_64'],
      ['o', 'GNU/Linux'],
    ]);
    const letters = option === '-a' ? 'snrvmo' : option.slice(1);
    return succeed(
      `${[...letters]
        .map((letter) => parts.get(letter) ?? '')
        .filter(Boolean)
        .join(' ')}\n`,
    );
  },
};

export const tty: Program = {
  name: 'tty',
  run: (_argv, _stdin, { terminal }) => (terminal ? succeed('/dev/pts/0\n') : fail(1, '', 0, 'not a tty\n')),
};

/** stty size: rows and columns. */
export const stty: Program = {
  name: 'stty',
  run: (argv, _stdin, { terminal }) => {
    if (!terminal) return fail(1, 'stty: standard input: Inappropriate ioctl for device\n');
    return succeed(argv[1] === 'size' ? `${terminal.rows} ${terminal.columns}\n` : '');
  },
};

const maxYesLines = 4_096;

/** Goes on until the next command of the pipe has enough. */
export const yes: Program = {
  name: 'yes',
  run: (argv) => serve([], `${argv.slice(1).join(' ') || 'y'}\n`.repeat(maxYesLines)),
};
