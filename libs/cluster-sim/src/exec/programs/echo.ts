import { succeed } from '../program.ts';
import type { Program } from '../program.ts';
import { unescape } from '../escapes.ts';

/** echo [-neE]: dash interprets escapes always, the others with -e. */
export function echo(alwaysEscapes: boolean): Program {
  return {
    name: 'echo',
    run(argv) {
      const operands = argv.slice(1);
      let escapes = alwaysEscapes;
      let lineEnd = '\n';
      while (operands[0] !== undefined && (alwaysEscapes ? operands[0] === '-n' : /^-[neE]+$/.test(operands[0]))) {
        const option = operands.shift() ?? '';
        if (option.includes('n')) lineEnd = '';
        if (option.includes('e')) escapes = true;
      }
      const text = operands.join(' ');
      if (!escapes) return succeed(text + lineEnd);
      const { text: unescaped, stopped } = unescape(text, true);
      return succeed(unescaped + (stopped ? '' : lineEnd));
    },
  };
}
