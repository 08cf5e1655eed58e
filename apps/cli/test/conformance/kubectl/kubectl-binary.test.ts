import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { kubectlBinaries } from '../../../src/conformance/kubectl/kubectl-binary.ts';
import { describeFailure, outcomeOf } from '../../../src/conformance/report.ts';

const cache = mkdtempSync(path.join(tmpdir(), 'kubedrill-clients-'));
afterAll(() => {
  rmSync(cache, { recursive: true });
});

function installer(script: string): string {
  const file = path.join(cache, 'install.mjs');
  writeFileSync(file, script);
  return file;
}

describe('kubectlBinaries', () => {
  it('fetches them once', () => {
    const script = `
      import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
      if (existsSync('${cache}/1.36')) throw new Error('twice');
      mkdirSync('${cache}/1.36');
      writeFileSync('${cache}/1.36/kubectl', '');`;
    const binaryOf = kubectlBinaries({ cache, installer: installer(script) });
    expect(binaryOf('1.36')).toBe(path.join(cache, '1.36/kubectl'));
    expect(binaryOf('1.36')).toBe(path.join(cache, '1.36/kubectl'));
  });

  it('without a network every session that wants one fails, and says why', () => {
    const binaryOf = kubectlBinaries({
      cache,
      installer: installer("process.stderr.write('no network'); process.exit(1)"),
    });
    for (const session of ['kubectl/1.27/a', 'kubectl/1.27/b']) {
      const outcome = outcomeOf(session, () => {
        binaryOf('1.27');
        return [];
      });
      expect(describeFailure(outcome)).toBe(
        `✗ ${session}\n    there is no kubectl 1.27 here, and it could not be fetched: no network`,
      );
    }
  });
});
