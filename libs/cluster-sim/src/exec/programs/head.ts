import { linesOf, joinLines, wholeNumber } from '../text.ts';
import { textFilter } from '../text-filter.ts';
import type { NamedText } from '../text-filter.ts';
import { serve } from '../program.ts';
import type { Program } from '../program.ts';

/** head [-n N | -N | -c N] FILE... */
export const head: Program = numbered('head', ({ text }, count, bytes) =>
  bytes ? text.slice(0, count) : joinLines(linesOf(text).slice(0, count)),
);

const tailOnce = numbered('tail', ({ text }, count, bytes) =>
  bytes ? text.slice(-count) : joinLines(count === 0 ? [] : linesOf(text).slice(-count)),
);

/** tail [-n N] [-f]: following goes on for ever, which is why containers run `tail -f /dev/null`. */
export const tail: Program = {
  name: 'tail',
  readsInput: true,
  run(argv, stdin, environment) {
    const result = tailOnce.run(argv, stdin, environment);
    const follows = argv.some((argument) => /^-[fF]$|^--follow/.test(argument));
    return follows && result.exitCode === 0 ? serve([], result.stdout, result.stderr) : result;
  },
};

function numbered(name: string, part: (text: NamedText, count: number, bytes: boolean) => string): Program {
  const filter = textFilter({
    name,
    short: 'n:c:fFqv',
    long: { 'lines:': 'n', 'bytes:': 'c', follow: 'f' },
    filter({ options, texts }) {
      const bytes = options.last('c');
      const count = wholeNumber((bytes ?? options.last('n') ?? '10').replace(/^[-+]/, '')) ?? 10;
      const parts = texts.map(
        (text) => (texts.length > 1 ? `==> ${text.name} <==\n` : '') + part(text, count, bytes !== undefined),
      );
      return { stdout: parts.join(texts.length > 1 ? '\n' : '') };
    },
  });
  // The old form: head -5.
  return {
    name,
    readsInput: true,
    run: (argv, stdin, environment) =>
      filter.run(
        argv.map((argument) => argument.replace(/^-(\d+)$/, '-n$1')),
        stdin,
        environment,
      ),
  };
}
