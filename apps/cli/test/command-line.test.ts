import { describe, expect, it } from '@jest/globals';
import { commands } from '../src/command-line.ts';
import { call } from './memory-terminal.ts';

interface Mistake {
  readonly argv: readonly string[];
  readonly error: string;
}

const mistakes: readonly Mistake[] = [
  { argv: ['grad'], error: 'there is no command "grad"; did you mean "grade"?' },
  { argv: ['content', 'lnt'], error: 'there is no command "content lnt"; did you mean "content lint"?' },
  { argv: ['sim'], error: 'there is no command "sim"; did you mean "sim apply"?' },
  { argv: ['grade'], error: 'name an exercise, such as "two-tier"' },
  {
    argv: ['grade', 'two-teir', '--variant', 'basic', 'x.yaml'],
    error: 'there is no exercise "two-teir"; did you mean "two-tier"?',
  },
  {
    argv: ['grade', 'two-tier', 'x.yaml'],
    error: 'give --variant; "two-tier" has basic, rolling-port, two-namespaces',
  },
  { argv: ['grade', 'two-tier', '--variant', 'hard', 'x.yaml'], error: '"two-tier" has no variant "hard"' },
  { argv: ['grade', 'two-tier', '--variant', 'basic', '--seed', '-1', 'x.yaml'], error: '--seed' },
  {
    argv: ['grade', 'two-tier', '--variant', 'basic', '--seed', '1.5', 'x.yaml'],
    error: '--seed takes a whole number from 0 to 4294967295, not "1.5"',
  },
  {
    argv: ['grade', 'two-tier', '--variant', 'basic'],
    error: 'name the files of the submission, or - for standard input',
  },
  {
    argv: ['grade', 'two-tier', '--variant', 'basic', 'nowhere.yaml'],
    error: 'the path "nowhere.yaml" does not exist',
  },
  { argv: ['grade', '--wrong'], error: "Unknown option '--wrong'" },
  { argv: ['grade', 'two-tier', '--content', '/nowhere'], error: 'the content folder "/nowhere" does not exist' },
  { argv: ['sim', 'apply'], error: 'name the files to apply, or - for standard input' },
  { argv: ['sim', 'apply', 'x.yaml', '--trace', 'deploy/web'], error: '--trace takes two values' },
  {
    argv: ['sim', 'apply', 'x.yaml', '--get', 'svc,pods,podz'],
    error: 'there is no kind "podz"; did you mean "pods"?',
  },
  { argv: ['sim', 'apply', 'x.yaml', '--nodes', 'many'], error: '--nodes takes a number from 1 to 500, not "many"' },
  { argv: ['content', 'test', '--seeds', '0'], error: '--seeds takes a number from 1 to 1000' },
  {
    argv: ['bench', 'two-teir'],
    error: 'there is no benchmark "two-teir"; there are: two-tier, http, regrade, growth',
  },
];

describe('the command line', () => {
  it.each(mistakes)('says what is wrong with $argv', async ({ argv, error }) => {
    const made = await call(...argv);
    expect({ code: made.code, out: made.out }).toEqual({ code: 2, out: '' });
    expect(made.error).toContain(error);
  });

  it('lists all commands', async () => {
    const { code, out } = await call('--help');
    expect(code).toBe(0);
    for (const { name, summary } of commands) {
      expect(out).toContain(name);
      expect(out).toContain(summary);
    }
  });

  it.each(commands.map(({ name }) => [name]))('explains %s', async (name) => {
    const { code, out } = await call(...name.split(' '), '--help');
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining(`usage: kubedrill ${name} `) as unknown });
  });
});
