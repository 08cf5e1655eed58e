import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { openDataplaneRecordings } from '../../apps/cli/src/conformance/dataplane/replay.ts';
import { describeFailure, passed } from '../../apps/cli/src/conformance/report.ts';

/** Cases in which mode ipvs answers otherwise, each with what makes it so. */
const differences = new Map(
  Object.entries(
    JSON.parse(readFileSync(path.join(import.meta.dirname, 'ipvs-differences.json'), 'utf8')) as Record<string, string>,
  ),
);

const folder = path.resolve(import.meta.dirname, '../fixtures/conformance/dataplane');

describe('recordings of mode iptables', () => {
  it('hold in mode ipvs, but for what is known to differ', () => {
    const recordings = openDataplaneRecordings(folder, 'ipvs');
    const names = recordings.names.filter((name) => path.dirname(name) === 'iptables');
    const outcomes = names.map((name) => recordings.replay(name));
    const surprises = outcomes.filter((outcome) => passed(outcome) === differences.has(path.basename(outcome.name)));
    const told = surprises.map((outcome) =>
      passed(outcome) ? `✓ ${outcome.name} does not differ` : describeFailure(outcome),
    );
    expect(told.join('\n')).toBe('');
    const known = new Set(names.map((name) => path.basename(name)));
    expect([...differences.keys()].filter((name) => !known.has(name))).toEqual([]);
  });
});
