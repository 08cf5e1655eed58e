// `npm test`: the whole suite. The last line is "N passed, N failed", with ", N skipped" where something was.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { nodeBinary, nodeEnvironment, prepare, root } from './prepare.mjs';

prepare();
const folder = mkdtempSync(path.join(os.tmpdir(), 'kubedrill-test-'));
const report = path.join(folder, 'report.json');
const jest = spawnSync(
  nodeBinary(),
  [
    '--experimental-vm-modules',
    '--no-warnings',
    path.join(root, 'node_modules', 'jest', 'bin', 'jest.js'),
    '--json',
    `--outputFile=${report}`,
    ...process.argv.slice(2),
  ],
  // --json would print the report too: the file is enough.
  { cwd: root, env: nodeEnvironment(), stdio: ['ignore', 'ignore', 'inherit'] },
);

const counts = readCounts();
rmSync(folder, { recursive: true, force: true });
const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
process.stdout.write(`${counts.passed} passed, ${counts.failed} failed${skipped}\n`);
process.exit(jest.status === 0 && counts.failed === 0 && counts.passed > 0 ? 0 : 1);

function readCounts() {
  try {
    const result = JSON.parse(readFileSync(report, 'utf8'));
    // A file that cannot be loaded has no test to count, and is a failure all the same.
    return {
      passed: result.numPassedTests,
      failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
      skipped: result.numPendingTests,
    };
  } catch (error) {
    process.stderr.write(`Jest left no report: ${error instanceof Error ? error.message : String(error)}\n`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}
