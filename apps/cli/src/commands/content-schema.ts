import { exerciseJsonSchema, moduleJsonSchema } from '@kubedrill/content';
import { parseArgs } from 'node:util';
import type { Command } from '../command.ts';

export const contentSchema: Command = {
  name: 'content schema',
  usage: '[--module]',
  summary: 'Prints the JSON Schema of exercise.yaml (or module.yaml), for editors.',
  run(argv, terminal) {
    const { values } = parseArgs({ args: [...argv], options: { module: { type: 'boolean', default: false } } });
    terminal.out(JSON.stringify(values.module ? moduleJsonSchema() : exerciseJsonSchema(), null, 2));
    return 0;
  },
};
