import { readFileSync } from 'node:fs';
import path from 'node:path';

const folder = path.resolve(import.meta.dirname, '../../challenges/services-and-networking/challenges/two-tier');

const read = (...parts: readonly string[]): string => readFileSync(path.join(folder, ...parts), 'utf8');

/** The reference solution of the basic variant, as a learner would send it. */
export const rightFiles = filled({
  'api.yaml': read('solutions/reference/api.yaml'),
  'web.yaml': read('solutions/reference/web.yaml'),
});

/** The same with the target port forgotten. */
export const wrongFiles = filled({
  'api.yaml': read('mistakes/target-port-forgotten/api.yaml'),
  'web.yaml': read('solutions/reference/web.yaml'),
});

/** The basic variant is literal: every learner gets the names of the text. */
function filled(files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const values: Readonly<Record<string, string>> = {
    api: 'api',
    web: 'web',
    apiNamespace: 'default',
    nodePort: '30080',
    replicas: '2',
  };
  return Object.fromEntries(
    Object.entries(files).map(([name, text]) => [
      name,
      text.replace(/\$\{(\w+)\}/g, (_, parameter: string) => values[parameter] ?? ''),
    ]),
  );
}
