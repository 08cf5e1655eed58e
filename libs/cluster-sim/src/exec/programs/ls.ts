import { absolutePath } from '../file-system.ts';
import { optionError, parseOptions } from '../options.ts';
import { fail } from '../program.ts';
import type { ExecEnvironment, Program } from '../program.ts';
import { byteLength, joinLines } from '../text.ts';

/** ls [-1al] PATH...: one name a line, as without a terminal. */
export const ls: Program = {
  name: 'ls',
  run(argv, _stdin, environment) {
    const parsed = parseOptions(argv.slice(1), { short: '1alhRtrdACF' });
    if (!parsed.ok) return fail(1, optionError('ls', parsed));
    const long = parsed.options.has('l');
    const paths = parsed.operands.length === 0 ? ['.'] : parsed.operands;
    let [stdout, stderr] = ['', ''];
    for (const path of paths) {
      const absolute = absolutePath(path, environment.workingDirectory);
      if (environment.files.isDirectory(absolute) && !parsed.options.has('d')) {
        const names = environment.files.list(absolute);
        const total = long ? [`total ${names.length * 4}`] : [];
        const heading = paths.length > 1 ? [`${path}:`] : [];
        stdout += joinLines([
          ...heading,
          ...total,
          ...names.map((name) => entry(name, absolutePath(name, absolute), long, environment)),
        ]);
      } else if (environment.files.exists(absolute)) stdout += `${entry(path, absolute, long, environment)}\n`;
      else stderr += `ls: ${path}: No such file or directory\n`;
    }
    return { stdout, stderr, exitCode: stderr === '' ? 0 : 1, elapsed: 0 };
  },
};

function entry(name: string, path: string, long: boolean, { files, now }: ExecEnvironment): string {
  if (!long) return name;
  const directory = files.isDirectory(path);
  const size = directory ? 4_096 : byteLength(files.read(path));
  const time = new Date(now).toUTCString();
  const stamp = `${time.slice(8, 11)} ${time.slice(5, 7).replace(/^0/, ' ')} ${time.slice(17, 22)}`;
  return `${directory ? 'drwxr-xr-x' : '-rw-r--r--'}    ${directory ? 2 : 1} root     root ${String(size).padStart(13)} ${stamp} ${name}`;
}
