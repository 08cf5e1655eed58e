// `npm run -s kubedrill -- ...`: the command line, on a clone where nothing needs to be installed yet.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { nodeBinary, nodeEnvironment, prepare, root } from './prepare.mjs';

prepare();
const main = path.join(root, 'apps', 'cli', 'dist', 'main.js');
// npm sets INIT_CWD to the folder in which the user typed the command: relative file names mean that folder.
const result = spawnSync(nodeBinary(), [main, ...process.argv.slice(2)], {
  cwd: process.env.INIT_CWD ?? process.cwd(),
  env: nodeEnvironment(),
  stdio: 'inherit',
});
process.exit(result.status ?? 1);
