import path from 'node:path';
import process from 'node:process';

const folder = import.meta.dirname;

/** What tools/prisma.mjs hands to Prisma. A relative SQLite address means the repository's folder, as when serving. */
export default {
  schema: path.join(folder, 'schema.prisma'),
  migrations: { path: path.join(folder, 'migrations') },
  datasource: { url: process.env.DATABASE_URL ?? `file:${path.join(folder, '..', 'data', 'kubedrill.db')}` },
};
