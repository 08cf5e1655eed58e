import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';

const root = path.resolve(import.meta.dirname, '../..');

/** Everything that git knows or would add, so that a file counts before its first commit. */
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => existsSync(path.join(root, file)))
  .filter((file) => /^(libs|apps|test|tools)\/.*\.(ts|mjs)$/.test(file) && !/\/(dist|generated|fixtures)\//.test(file));
const sources = files.filter((file) => /^(libs|apps)\/[^/]+\/src\//.test(file));
const tests = files.filter((file) => file.endsWith('.test.ts'));

const textOf = (file: string): string => readFileSync(path.join(root, file), 'utf8');

/** A construct that is not wanted, and what to write in its place. */
interface BannedConstruct {
  readonly pattern: RegExp;
  readonly instead: string;
}

const banned: readonly BannedConstruct[] = [
  { pattern: /\bas any\b|:\s*any\s*[;,)=\]|&{]|<any>|any\[\]/, instead: 'a narrow type, or unknown and a check' },
  { pattern: /@ts-(ignore|nocheck|expect-error)/, instead: 'a type that is true' },
  { pattern: /eslint-disable/, instead: 'code that keeps the rule, or a change of the rule with its reason' },
  { pattern: /\b(TODO|FIXME|XXX|HACK)\b/, instead: 'the work itself, or an issue' },
  { pattern: /\b(describe|it|test)\.(only|todo)\b/, instead: 'the whole suite' },
];

describe('house rules', () => {
  it('looks at the sources and tests there are', () => {
    expect(sources.length).toBeGreaterThan(100);
    expect(tests.length).toBeGreaterThan(20);
  });

  it.each(banned)('has no $pattern: write $instead', ({ pattern }) => {
    const self = path.relative(root, import.meta.filename);
    const found = files.filter((file) => file !== self && pattern.test(textOf(file)));
    expect(found).toEqual([]);
  });

  it('keeps source files under 400 lines', () => {
    expect(sources.filter((file) => textOf(file).split('\n').length > 400)).toEqual([]);
  });

  it('keeps nine source files of ten under 250 lines', () => {
    const long = sources.filter((file) => textOf(file).split('\n').length > 250);
    expect(long.length).toBeLessThanOrEqual(sources.length / 10);
  });

  it('names files by what they are about', () => {
    const vague = /(^|\/)(utils?|common|helpers?|misc|shared)(\/|\.|$)|[.-](utils?|helpers?)\.ts$/;
    expect(files.filter((file) => vague.test(file))).toEqual([]);
  });

  it('has an assertion in every test file', () => {
    const asserting = /\bexpect\(|\bassert\(|\bcheck\w*\(|\b\w+Contract\(/;
    expect(tests.filter((file) => !asserting.test(textOf(file)))).toEqual([]);
  });

  it('speaks of the project alone', () => {
    const foreign = /\/work\/|\/tmp\/scratch|\bshared\/conformance/;
    const self = path.relative(root, import.meta.filename);
    expect(files.filter((file) => file !== self && foreign.test(textOf(file)))).toEqual([]);
  });
});
