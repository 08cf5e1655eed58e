import type { DnsQueryType } from '../../../cluster.ts';
import { reverseName } from '../../../dns/domain-name.ts';
import { wholeNumber } from '../../text.ts';
import { queryTypeOf } from './lookup.ts';

/** What is printed and how is asked; each `+flag` has a `+noflag`. */
export interface DigFlags {
  readonly short: boolean;
  readonly search: boolean;
  readonly cmd: boolean;
  readonly comments: boolean;
  readonly question: boolean;
  readonly answer: boolean;
  readonly authority: boolean;
  readonly additional: boolean;
  readonly stats: boolean;
  readonly recurse: boolean;
  readonly edns: boolean;
  readonly cookie: boolean;
  readonly tcp: boolean;
  readonly ttlid: boolean;
  readonly class: boolean;
}

export interface DigQuestion {
  readonly name: string;
  readonly type: DnsQueryType;
}

export interface DigCommand {
  readonly questions: readonly DigQuestion[];
  readonly server?: string;
  readonly flags: DigFlags;
  /** Seconds a try, and how many. */
  readonly time: number;
  readonly tries: number;
  readonly ndots?: number;
  readonly buffer: number;
}

const defaults: DigFlags = {
  short: false,
  search: false,
  cmd: true,
  comments: true,
  question: true,
  answer: true,
  authority: true,
  additional: true,
  stats: true,
  recurse: true,
  edns: true,
  cookie: true,
  tcp: false,
  ttlid: true,
  class: true,
};

/** +all and +noall set these. */
const displayed = ['cmd', 'comments', 'question', 'answer', 'authority', 'additional', 'stats'] as const;
const synonyms: ReadonlyMap<string, string> = new Map([
  ['vc', 'tcp'],
  ['rec', 'recurse'],
  ['cl', 'class'],
]);
const maxQuestions = 20;

/** The command line of dig (bin/dig/dig.c parse_args); a string is what it refuses. */
export function parseDig(argv: readonly string[]): DigCommand | string {
  const questions: DigQuestion[] = [];
  const numbers = new Map<string, number>();
  let flags = defaults;
  let server: string | undefined;
  let [name, type]: [string | undefined, DnsQueryType | undefined] = [undefined, undefined];
  const finish = (): void => {
    if (name !== undefined) questions.push({ name, type: type ?? 'A' });
  };
  for (let index = 1; index < argv.length; index += 1) {
    const argument = argv[index] ?? '';
    if (argument.startsWith('@')) server = argument.slice(1);
    else if (argument.startsWith('+')) {
      const [word = '', value] = argument.slice(1).split('=', 2);
      const number = wholeNumber(value);
      if (number !== undefined) numbers.set(word, number);
      else {
        const changed = withFlag(flags, word);
        if (!changed) return `Invalid option: ${argument}\n`;
        flags = changed;
      }
    } else if (argument.startsWith('-') && argument.length > 1) {
      const value = argument.length > 2 ? argument.slice(2) : (argv[index + 1] ?? '');
      const takesValue = /^-[xtqpbcfky]/.test(argument);
      if (takesValue && argument.length === 2) index += 1;
      if (argument.startsWith('-x')) {
        finish();
        [name, type] = [reverseName(value) ?? `${value.split('.').reverse().join('.')}.in-addr.arpa.`, 'PTR'];
      } else if (argument.startsWith('-t')) type = queryTypeOf(value) ?? type;
      else if (argument.startsWith('-q')) {
        finish();
        [name, type] = [value, undefined];
      }
    } else if (queryTypeOf(argument) && !(name !== undefined && type !== undefined)) type = queryTypeOf(argument);
    else if (argument.toUpperCase() !== 'IN') {
      // A type that came first belongs to the first name.
      const early = name === undefined ? type : undefined;
      finish();
      [name, type] = [argument, early];
    }
    if (questions.length > maxQuestions) return 'too many lookups\n';
  }
  if (name === undefined) [name, type] = ['.', type ?? 'NS'];
  finish();
  return {
    questions,
    ...(server !== undefined && { server }),
    flags,
    time: Math.max(1, numbers.get('time') ?? 5),
    tries: Math.max(1, numbers.get('tries') ?? (numbers.get('retry') ?? 2) + 1),
    ...(numbers.has('ndots') && { ndots: numbers.get('ndots') }),
    buffer: Math.max(512, numbers.get('bufsize') ?? 1_232),
  };
}

/** The options after one more; undefined: there is no such. Those that only concern DNSSEC and the like change nothing here. */
function withFlag(flags: DigFlags, word: string): DigFlags | undefined {
  const isOff = word.startsWith('no') && word !== 'nssearch';
  const bare = isOff ? word.slice(2) : word;
  const flag = synonyms.get(bare) ?? bare;
  if (flag === 'all') return { ...flags, ...Object.fromEntries(displayed.map((each) => [each, !isOff])) };
  // +short prints no comments, statistics or command line.
  if (flag in defaults) return { ...flags, [flag]: !isOff };
  return ignored.has(flag) ? flags : undefined;
}

const ignored = new Set([
  'dnssec',
  'do',
  'multiline',
  'identify',
  'trace',
  'adflag',
  'ad',
  'cdflag',
  'cd',
  'aaflag',
  'ignore',
  'fail',
  'besteffort',
  'nssearch',
  'onesoa',
  'qr',
  'sigchase',
  'idnout',
  'idnin',
  'keepopen',
  'showsearch',
  'defname',
  'rrcomments',
  'crypto',
  'split',
  'time',
  'tries',
  'retry',
  'expire',
  'nsid',
]);
