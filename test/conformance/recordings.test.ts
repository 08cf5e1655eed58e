import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { findCaseDirectories, type CaseDirectory } from '../../apps/cli/src/conformance/case-directory.ts';
import { openRecordings } from '../../apps/cli/src/conformance/recordings.ts';
import { describeFailure, passed, type CaseOutcome } from '../../apps/cli/src/conformance/report.ts';

const fixtures = path.resolve(import.meta.dirname, '../fixtures/conformance');

/** Cases that fail knowingly, each with its reason. The list may only get shorter. */
const knownDifferences = new Map(
  Object.entries(
    JSON.parse(readFileSync(path.join(import.meta.dirname, 'known-differences.json'), 'utf8')) as Record<
      string,
      string
    >,
  ),
);

/** Sessions of kubectl take real time: transcripts.test.ts. */
const simulated = findCaseDirectories(fixtures).filter(({ kind }) => kind !== 'kubectl');

const topics = simulated.flatMap((directory) =>
  [...new Set(namesIn(directory).map((name) => path.dirname(name)))].map((topic) => ({ directory, topic })),
);

function namesIn(directory: CaseDirectory): readonly string[] {
  return openRecordings(directory, 'real').names;
}

describe('recordings of a real Kubernetes', () => {
  it.each(topics)('$topic agrees with the simulation', async ({ directory, topic }) => {
    const recordings = openRecordings(directory, 'real');
    const names = recordings.names.filter((name) => path.dirname(name) === topic);
    expect(names.length).toBeGreaterThan(0);
    const outcomes: CaseOutcome[] = [];
    for (const name of names) outcomes.push(await recordings.replay(name));
    const surprises = outcomes.filter((outcome) => passed(outcome) === knownDifferences.has(outcome.name));
    const told = surprises.map((outcome) =>
      passed(outcome)
        ? `✓ ${outcome.name} passes: take it off the list of known differences`
        : describeFailure(outcome),
    );
    expect(told.join('\n')).toBe('');
  });

  it('has a case for every known difference', () => {
    const names = new Set(
      findCaseDirectories(fixtures).flatMap((directory) =>
        namesIn(directory).map((name) => `${directory.kind}/${name}`),
      ),
    );
    expect([...knownDifferences.keys()].filter((name) => !names.has(name))).toEqual([]);
  });
});
