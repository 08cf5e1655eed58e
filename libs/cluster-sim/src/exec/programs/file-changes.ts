import { absolutePath, faultTexts } from '../file-system.ts';
import type { FileSystem } from '../file-system.ts';
import { succeed } from '../program.ts';
import type { Program } from '../program.ts';

type Change = (path: string, files: FileSystem, flags: string) => string | undefined;

/** Programs that do one thing to each of the files they are given; flags are single letters. */
function fileChange(name: string, change: Change): Program {
  return {
    name,
    run(argv, _stdin, { files, workingDirectory }) {
      const flags = argv
        .slice(1)
        .filter((argument) => /^-[a-zA-Z]+$/.test(argument))
        .join('');
      const paths = argv.slice(1).filter((argument) => !/^-[a-zA-Z]+$/.test(argument));
      const errors = paths
        .map((path) => change(absolutePath(path, workingDirectory), files, flags)?.replace('%', path))
        .filter((error) => error !== undefined);
      return {
        ...succeed(),
        stderr: errors.map((error) => `${name}: ${error}\n`).join(''),
        exitCode: errors.length > 0 ? 1 : 0,
      };
    },
  };
}

export const touch = fileChange('touch', (path, files) => {
  const fault = files.exists(path) ? undefined : files.write(path, '');
  return fault && `%: ${faultTexts[fault]}`;
});

export const mkdir = fileChange('mkdir', (path, files, flags) => {
  if (files.exists(path) && !flags.includes('p')) return `can't create directory '%': File exists`;
  files.makeDirectory(path);
  return undefined;
});

export const rm = fileChange('rm', (path, files, flags) => {
  const fault = files.remove(path);
  return fault && !flags.includes('f') ? `can't remove '%': ${faultTexts[fault]}` : undefined;
});

/** Modes and owners are not modelled: the change is accepted. */
export const chmod = fileChange('chmod', () => undefined);
export const chown = fileChange('chown', () => undefined);

/** tee [-a] FILE...: standard input to files and to the output. */
export const tee: Program = {
  name: 'tee',
  readsInput: true,
  run(argv, stdin, { files, workingDirectory }) {
    const append = argv.includes('-a');
    for (const path of argv.slice(1))
      if (path !== '-a') files.write(absolutePath(path, workingDirectory), stdin, append);
    return succeed(stdin);
  },
};
