import { fail, findProgram } from '../program.ts';
import type { Program } from '../program.ts';
import type { ToolFlavour } from './copy.ts';

/** which NAME...: busybox's applets stand in /bin, Debian's programs in /usr/bin. */
export function which(flavour: ToolFlavour): Program {
  return {
    name: 'which',
    run(argv, _stdin, { programs }) {
      const names = argv.slice(1).filter((argument) => argument !== '-a');
      const found = names.filter((name) => findProgram(name, programs));
      const directory = flavour === 'gnu' ? '/usr/bin' : '/bin';
      const stdout = found.map((name) => `${name.includes('/') ? name : `${directory}/${name}`}\n`).join('');
      return fail(found.length === names.length && names.length > 0 ? 0 : 1, '', 0, stdout);
    },
  };
}
