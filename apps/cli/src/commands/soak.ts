import { parseArgs } from 'node:util';
import { UsageError, type Command } from '../command.ts';
import { properties, soak, type Failure } from '../soak/soak.ts';

const defaultCount = '200000';
/** More say no more. */
const maxFailures = 10;

const propertyNames = properties.map(({ name }) => name);

export const soakCommand: Command = {
  name: 'soak',
  usage: '[properties...] [--count 200000] [--seed 1] [--case 0]',
  summary: `Tries generated manifests, requests and commands, right and broken, on the simulated cluster: ${propertyNames.join(', ')}.`,
  run(argv, terminal) {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        count: { type: 'string', default: defaultCount },
        seed: { type: 'string', default: '1' },
        case: { type: 'string', default: '0' },
      },
    });
    const unknown = positionals.find((name) => !propertyNames.includes(name));
    if (unknown !== undefined)
      throw new UsageError(`there is no property "${unknown}"; there are: ${propertyNames.join(', ')}`);
    const seed = wholeNumber('--seed', values.seed);
    const start = performance.now();
    const counts = soak({
      seed,
      manifests: wholeNumber('--count', values.count),
      first: wholeNumber('--case', values.case),
      maxFailures,
      names: positionals,
      onFailure: (failure) => terminal.out(described(failure, seed, positionals)),
    });
    for (const { property, cases, manifests, failures } of counts.filter(({ cases }) => cases > 0)) {
      const line = `${String(cases).padStart(7)} cases, ${String(manifests).padStart(7)} manifests, ${failures} failures`;
      terminal.out(
        `${property.name.padEnd(12)} ${terminal.style(failures === 0 ? 'green' : 'red', line)}  ${property.title}`,
      );
    }
    const [manifests, failures] = [
      sum(counts.map((count) => count.manifests)),
      sum(counts.map((count) => count.failures)),
    ];
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    terminal.out(`${manifests} manifests in ${seconds} s, ${failures} failures`);
    return failures === 0 ? 0 : 1;
  },
};

function described({ property, number, problem, steps }: Failure, seed: number, names: readonly string[]): string {
  const lines = steps.map((step) => `    ${JSON.stringify(step)}`);
  const again = `kubedrill ${['soak', ...names].join(' ')} --seed ${seed} --case ${number} --count 1`;
  return [`${property.title}: not so in case ${number} (${again})`, `  ${problem}`, '  after', ...lines, ''].join('\n');
}

function wholeNumber(option: string, text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value))
    throw new UsageError(`${option} takes a whole number, not "${text}"`);
  return value;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
