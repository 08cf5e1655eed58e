import { skeletonOf, type Content, type SkeletonOrder } from '@kubedrill/content';
import { nearestWord } from '@kubedrill/grader';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { UsageError, type Command } from '../command.ts';
import { defaultContentRoot, readContent } from '../content-root.ts';

const kinds = ['drill', 'challenge'] as const;
const forms = ['files', 'commands', 'answers'] as const;

export const contentNew: Command = {
  name: 'content new',
  usage: 'drill|challenge <id> [--section ID] [--module ID] [--accepts files|commands|answers] [--content DIR]',
  summary: 'Makes the folder of a new exercise: a small one that lints and tests clean, to be changed.',
  run(argv, terminal) {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        module: { type: 'string' },
        section: { type: 'string' },
        accepts: { type: 'string', default: 'files' },
        content: { type: 'string', default: defaultContentRoot },
      },
    });
    const kind = oneOf('the kind', positionals[0], kinds);
    const id = positionals[1] ?? '';
    if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))
      throw new UsageError(`an id is made of lower-case words joined by "-", not "${id}"`);
    const content = readContent(values.content);
    if (content.modules.some(({ exercises }) => exercises.some(({ exercise }) => exercise.frame.id === id)))
      throw new UsageError(`there is an exercise "${id}" already`);
    const module = moduleOf(content, values.module);
    const sections = module.sections.map((section) => section.id);
    const order: SkeletonOrder = {
      ...{ id, kind },
      accepts: oneOf('--accepts', values.accepts, forms),
      section: oneOf('--section', values.section ?? sections[0], sections),
      concept: module.exercises[0]?.exercise.frame.concepts[0] ?? 'service',
    };
    const folder = join(values.content, module.path, `${kind}s`, id);
    if (existsSync(folder)) throw new UsageError(`"${folder}" exists already`);
    for (const [path, text] of skeletonOf(order)) {
      const file = join(folder, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text, { flag: 'wx' });
      terminal.out(file);
    }
    terminal.out(`\nChange it, then: kubedrill content lint && kubedrill content test --exercise ${id}`);
    return 0;
  },
};

function moduleOf({ modules }: Content, id: string | undefined): Content['modules'][number] {
  const ids = modules.map((module) => module.id);
  const chosen = oneOf('--module', id ?? ids[0], ids);
  const found = modules.find((module) => module.id === chosen);
  if (!found) throw new Error('a module that was chosen is there');
  return found;
}

function oneOf<T extends string>(what: string, given: string | undefined, candidates: readonly T[]): T {
  const found = candidates.find((candidate) => candidate === given);
  if (found !== undefined) return found;
  const near = nearestWord(given ?? '', candidates);
  const advice = near === undefined ? `; there are: ${candidates.join(', ')}` : `; did you mean "${near}"?`;
  throw new UsageError(`${what} is no "${given ?? ''}"${advice}`);
}
