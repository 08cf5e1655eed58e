import { parseArgs } from 'node:util';
import { benchmarks } from '../bench/registry.ts';
import { UsageError, type Command } from '../command.ts';

export const bench: Command = {
  name: 'bench',
  usage: '[names...] [--count N] [--json]',
  summary: `Runs the benchmarks: ${benchmarks.map(({ name }) => name).join(', ')}.`,
  async run(argv, terminal) {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false }, count: { type: 'string' } },
    });
    const count = values.count === undefined ? undefined : Number(values.count);
    if (count !== undefined && !(Number.isInteger(count) && count > 0))
      throw new UsageError(`--count takes a whole number above 0, not "${values.count ?? ''}"`);
    const names = benchmarks.map(({ name }) => name);
    const unknown = positionals.find((name) => !names.includes(name));
    if (unknown !== undefined)
      throw new UsageError(`there is no benchmark "${unknown}"; there are: ${names.join(', ')}`);
    const chosen = benchmarks.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
    const figures: Record<string, unknown> = {};
    for (const { name, title, run } of chosen) {
      const measured = await run(count === undefined ? {} : { count });
      figures[name] = measured;
      if (!values.json)
        terminal.out(
          `${terminal.style('bold', title)}\n${measured.map(({ what, value, unit }) => `  ${what.padEnd(48)} ${format(value)} ${unit}`).join('\n')}`,
        );
    }
    if (values.json) terminal.out(JSON.stringify(figures, null, 2));
    return 0;
  },
};

function format(value: number): string {
  return value.toLocaleString('en-US', { maximumSignificantDigits: 4 }).padStart(12);
}
