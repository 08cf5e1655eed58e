import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The secret that signs session cookies: the configured one, else one drawn once and kept beside the database. */
export function sessionSecret(configured: string | undefined, databaseUrl: string): string {
  if (configured !== undefined) return configured;
  const folder = path.dirname(path.resolve(databaseUrl.slice('file:'.length)));
  const file = path.join(folder, 'session-secret');
  mkdirSync(folder, { recursive: true });
  try {
    writeFileSync(file, randomBytes(32).toString('base64url'), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(file, 'utf8');
}
