import { unescape } from '../escapes.ts';
import { fail, succeed } from '../program.ts';
import type { Program } from '../program.ts';

const maxWidth = 1_024;
const maxRounds = 4_096;

/** printf FORMAT ARGS...: the format is used again while arguments are left. */
export const printf: Program = {
  name: 'printf',
  run(argv) {
    const [, format, ...args] = argv;
    if (format === undefined) return fail(1, 'printf: usage: printf format [arguments]\n');
    let output = '';
    let used = 0;
    let errors = '';
    for (let round = 0; round < maxRounds && (round === 0 || used < args.length); round += 1) {
      const before = used;
      const pattern =
        /%%|%([-+ 0#]*)(\d{0,4})(?:\.(\d{0,4}))?([sdiuxXocbf])|\\(?:[0-7]{1,3}|x[0-9a-fA-F]{1,2}|.)|[^%\\]+|[%\\]/gs;
      for (const match of format.matchAll(pattern)) {
        const [whole, flags = '', width = '', precision, conversion] = match;
        if (conversion !== undefined) {
          const argument = args[used] ?? '';
          if (isBadNumber(conversion, argument)) errors += `printf: invalid number '${argument}'\n`;
          output += pad(convert(conversion, argument, precision), flags, Math.min(Number(width), maxWidth));
          used += 1;
        } else if (whole === '%%') output += '%';
        else output += unescape(whole, false).text;
      }
      if (used === before) break;
    }
    return errors === '' ? succeed(output) : fail(1, errors, 0, output);
  },
};

function isBadNumber(conversion: string, argument: string): boolean {
  return !'sbc'.includes(conversion) && argument !== '' && Number.isNaN(Number(argument));
}

function convert(conversion: string, argument: string, precision: string | undefined): string {
  const digits = precision === undefined ? undefined : Math.min(Number(precision), 100);
  const number = Number(argument === '' ? 0 : argument);
  switch (conversion) {
    case 's':
      return digits === undefined ? argument : argument.slice(0, digits);
    case 'b':
      return unescape(argument, true).text;
    case 'c':
      return argument.slice(0, 1);
    case 'f':
      return (Number.isFinite(number) ? number : 0).toFixed(digits ?? 6);
    case 'x':
      return Math.trunc(number || 0).toString(16);
    case 'X':
      return Math.trunc(number || 0)
        .toString(16)
        .toUpperCase();
    case 'o':
      return Math.trunc(number || 0).toString(8);
    default:
      return String(Math.trunc(number || 0));
  }
}

function pad(text: string, flags: string, width: number): string {
  if (flags.includes('-')) return text.padEnd(width);
  return text.padStart(width, flags.includes('0') ? '0' : ' ');
}
