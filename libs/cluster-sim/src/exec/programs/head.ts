import { linesOf, joinLines, wholeNumber } from '../text.ts';
import { textFilter } from '../text-filter.ts';
import type { NamedText } from '../text-filter.ts';
import { serve } from '../program.ts';
import type { Program } from '../program.ts';

/** head [-n N | -N | -c N] FILE... */
export const head: Program = numbered('head', ({ text }, count, bytes, sign) => {
  // `-n -1`: all but the last.
  const end = sign === '-' ? -count || undefined : count;
  return bytes ? text.slice(0, end) : joinLines(linesOf(text).slice(0, end));
});

/** `-n +3` begins with the third line. */
const tailOnce = numbered('tail', ({ text }, count, bytes, sign) => {
  if (sign === '+')
    return bytes ? text.slice(Math.max(count - 1, 0)) : joinLines(linesOf(text).slice(Math.max(count - 1, 0)));
  if (count === 0) return '';
  return bytes ? text.slice(-count) : joinLines(linesOf(text).slice(-count));
});

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

function numbered(
  name: string,
  part: (text: NamedText, count: number, bytes: boolean, sign: string) => string,
): Program {
  const filter = textFilter({
    name,
    short: 'n:c:fFqv',
    long: { 'lines:': 'n', 'bytes:': 'c', follow: 'f' },
    filter({ options, texts }) {
      const bytes = options.last('c');
      const asked = bytes ?? options.last('n') ?? '10';
      const count = wholeNumber(asked.replace(/^[-+]/, '')) ?? 10;
      const parts = texts.map(
        (text) =>
          (texts.length > 1 ? `==> ${text.name} <==\n` : '') +
          part(text, count, bytes !== undefined, /^[-+]/.exec(asked)?.[0] ?? ''),
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
        argv.map((argument, index) =>
          /^-[nc]$/.test(argv[index - 1] ?? '') ? argument : argument.replace(/^-(\d+)$/, '-n$1'),
        ),
        stdin,
        environment,
      ),
  };
}
