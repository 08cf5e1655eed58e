import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';

const root = path.resolve(import.meta.dirname, '../..');

/** Runs one of the repository's own tools; its output is the failure's text. */
function run(module: string, ...args: string[]): { status: number | null; output: string } {
  const result = spawnSync(process.execPath, [path.join(root, 'node_modules', module), ...args], {
    cwd: root,
    encoding: 'utf8',
  });
  return { status: result.status, output: `${result.stdout}${result.stderr}`.trim() };
}

const ok = { status: 0, output: expect.any(String) };

describe('tooling', () => {
  it('type-checks the tests', () => {
    expect(run('typescript/bin/tsc', '-p', 'tsconfig.tests.json')).toEqual({ status: 0, output: '' });
  }, 240_000);

  it('lints without a finding', () => {
    expect(run('eslint/bin/eslint.js', '--max-warnings', '0', '.')).toEqual({ status: 0, output: '' });
  }, 300_000);

  it('is formatted', () => {
    expect(
      run('prettier/bin/prettier.cjs', '--check', '{apps,libs,test,tools}/**/*.{ts,mjs}', '*.js', '*.json'),
    ).toEqual(ok);
  }, 120_000);
});
