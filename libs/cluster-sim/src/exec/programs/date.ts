import { succeed } from '../program.ts';
import type { Program } from '../program.ts';

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** date [-u] [+FORMAT]: the virtual clock, in UTC as containers are. */
export const date: Program = {
  name: 'date',
  run(argv, _stdin, { now }) {
    const format =
      argv
        .slice(1)
        .find((operand) => operand.startsWith('+'))
        ?.slice(1) ?? '%a %b %e %H:%M:%S UTC %Y';
    const given = /(?:^|\0)(?:-d|--date)[\0=]?@(\d{1,12})(?:\0|$)/.exec(argv.join('\0'))?.[1];
    const time = given === undefined ? now : Number(given) * 1_000;
    return succeed(`${formatDate(new Date(time), format)}\n`);
  },
};

function formatDate(time: Date, format: string): string {
  const two = (number: number): string => String(number).padStart(2, '0');
  const clock = `${two(time.getUTCHours())}:${two(time.getUTCMinutes())}:${two(time.getUTCSeconds())}`;
  const day = `${time.getUTCFullYear()}-${two(time.getUTCMonth() + 1)}-${two(time.getUTCDate())}`;
  const fields: ReadonlyMap<string, string> = new Map([
    ['a', days[time.getUTCDay()] ?? ''],
    ['b', months[time.getUTCMonth()] ?? ''],
    ['e', String(time.getUTCDate()).padStart(2)],
    ['Y', String(time.getUTCFullYear())],
    ['m', two(time.getUTCMonth() + 1)],
    ['d', two(time.getUTCDate())],
    ['H', two(time.getUTCHours())],
    ['M', two(time.getUTCMinutes())],
    ['S', two(time.getUTCSeconds())],
    ['T', clock],
    ['F', day],
    ['D', `${two(time.getUTCMonth() + 1)}/${two(time.getUTCDate())}/${two(time.getUTCFullYear() % 100)}`],
    ['R', clock.slice(0, 5)],
    ['s', String(Math.floor(time.getTime() / 1_000))],
    ['N', `${String(time.getUTCMilliseconds()).padStart(3, '0')}000000`],
    ['Z', 'UTC'],
    ['z', '+0000'],
    ['%', '%'],
    ['n', '\n'],
  ]);
  return format.replace(/%(.)/gs, (whole, letter: string) => fields.get(letter) ?? whole);
}
