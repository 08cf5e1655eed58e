import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { call } from '../memory-terminal.ts';

const fixtures = path.resolve(import.meta.dirname, '../../../../test/fixtures/conformance');
const changed = mkdtempSync(path.join(tmpdir(), 'kubedrill-conformance-'));
afterAll(() => {
  rmSync(changed, { recursive: true });
});

/** A copy of one recording, with one value replaced in what was recorded. */
function alteredRecording(kind: 'api' | 'dataplane', file: string, from: string, to: string): void {
  cpSync(path.join(fixtures, kind, 'conformance.json'), path.join(changed, kind, 'conformance.json'));
  if (kind === 'api')
    cpSync(
      path.join(fixtures, kind, file.replace('expected', 'cases').replace('.json', '.yaml')),
      path.join(changed, kind, file.replace('expected', 'cases').replace('.json', '.yaml')),
    );
  cpSync(path.join(fixtures, kind, file), path.join(changed, kind, file));
  const text = readFileSync(path.join(fixtures, kind, file), 'utf8');
  writeFileSync(path.join(changed, kind, file), text.replace(from, to));
}

describe('kubedrill conformance', () => {
  it('counts by topic and ends with the total', async () => {
    const { code, out } = await call('conformance', fixtures, '--filter', 'udp');
    expect(code).toBe(0);
    expect(out.split('\n')).toEqual([
      expect.stringMatching(/^api\/endpoints-and-slices +\d+ passed, 0 failed$/),
      expect.stringMatching(/^api\/service-defaults +\d+ passed, 0 failed$/),
      expect.stringMatching(/^dataplane\/iptables +\d+ passed, 0 failed$/),
      expect.stringMatching(/^dataplane\/nftables +\d+ passed, 0 failed$/),
      expect.stringMatching(/^\d+ passed, 0 failed$/),
    ]);
  });

  it('shows step, path, what was recorded and what was observed', async () => {
    alteredRecording('api', 'expected/endpoints-and-slices/udp-port.json', '"protocol": "UDP"', '"protocol": "SCTP"');
    alteredRecording('dataplane', 'iptables/014-undeclared-port.json', '"timeout"', '"refused"');
    const { code, out } = await call('conformance', changed);
    expect(code).toBe(1);
    expect(out).toMatch(
      /✗ api\/endpoints-and-slices\/udp-port\n {4}step 0 apply: \S+\n {6}expected "SCTP"\n {6}observed "UDP"/,
    );
    expect(out).toMatch(
      /✗ dataplane\/iptables\/014-undeclared-port\n {4}step \d+ probe pod\/client to .* TCP: outcomes\n {6}expected {"refused":\d+}\n {6}observed {"timeout":"100.0 %"}/,
    );
    expect(out.split('\n').at(-1)).toBe('0 passed, 2 failed');
  });

  it('reports to machines', async () => {
    const { out, error } = await call('conformance', fixtures, '--json', '--filter', '025-udp');
    expect(JSON.parse(out)).toEqual({
      passed: 2,
      failed: 0,
      topics: [
        { topic: 'dataplane/iptables', passed: 1, failed: 0 },
        { topic: 'dataplane/nftables', passed: 1, failed: 0 },
      ],
      failures: [],
    });
    expect(error).toBe('2 passed, 0 failed');
  });

  it.each([
    { argv: [], error: 'name a folder of recordings' },
    { argv: ['/nowhere'], error: '/nowhere: no such folder' },
    { argv: [import.meta.filename], error: 'no such folder' },
    { argv: [import.meta.dirname], error: 'no conformance.json here or below' },
    { argv: [fixtures, '--filter', 'nothing of the kind'], error: 'no case that can be replayed has' },
  ])('says what is wrong with $argv', async ({ argv, error }) => {
    const made = await call('conformance', ...argv);
    expect(made.code).toBe(2);
    expect(made.error).toContain(error);
  });
});
