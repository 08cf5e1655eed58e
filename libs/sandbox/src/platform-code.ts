import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's libraries and dependencies: neither data nor configuration lies there. */
export function platformCode(): readonly string[] {
  const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
  return ['libs', 'node_modules', 'package.json']
    .map((entry) => path.join(root, entry))
    .filter((entry) => existsSync(entry));
}
