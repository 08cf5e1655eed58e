import { fail, succeed } from '../program.ts';
import type { Program } from '../program.ts';

/** basename PATH [SUFFIX] */
export const basename: Program = {
  name: 'basename',
  run(argv) {
    const [path, suffix = ''] = argv.slice(1);
    if (path === undefined) return fail(1, 'Usage: basename FILE [SUFFIX] | -a FILE... | -s SUFFIX FILE...\n');
    const bare = path.replace(/(.)\/+$/, '$1');
    const name = bare === '/' ? bare : bare.slice(bare.lastIndexOf('/') + 1);
    return succeed(
      `${suffix !== '' && name !== suffix && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name}\n`,
    );
  },
};

/** dirname PATH */
export const dirname: Program = {
  name: 'dirname',
  run(argv) {
    const [path] = argv.slice(1);
    if (path === undefined) return fail(1, 'Usage: dirname FILENAME\n');
    const bare = path.replace(/(.)\/+$/, '$1');
    const slash = bare.lastIndexOf('/');
    return succeed(`${slash < 0 ? '.' : bare.slice(0, slash).replace(/\/+$/, '') || '/'}\n`);
  },
};
