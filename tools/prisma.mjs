// Runs Prisma's command line without the network: `node tools/prisma.mjs generate | migrate dev | migrate status | migrate diff ...`.
// Prisma would download a native schema engine; tools/schema-engine.mjs takes its place.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { nodeBinary, nodeEnvironment, root } from './prepare.mjs';

const result = spawnSync(
  nodeBinary(),
  [
    path.join(root, 'node_modules', 'prisma', 'build', 'index.js'),
    ...process.argv.slice(2),
    '--config',
    path.join(root, 'prisma', 'prisma.config.mjs'),
  ],
  {
    cwd: root,
    env: {
      ...nodeEnvironment(),
      PRISMA_SCHEMA_ENGINE_BINARY: path.join(root, 'tools', 'schema-engine.mjs'),
      CHECKPOINT_DISABLE: '1',
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
    },
    stdio: 'inherit',
  },
);
if (result.error) process.stderr.write(`${result.error.message}\n`);
process.exit(result.status ?? 1);
