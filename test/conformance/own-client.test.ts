import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { openTranscripts } from '../../apps/cli/src/conformance/kubectl/replay.ts';
import { describeFailure, passed } from '../../apps/cli/src/conformance/report.ts';

/** Sessions in which the project's own kubectl may still differ from the recorded one. The list only ever gets shorter. */
const mayDiffer: ReadonlySet<string> = new Set(
  Object.keys(
    JSON.parse(readFileSync(path.join(import.meta.dirname, 'own-client-differences.json'), 'utf8')) as Record<
      string,
      string
    >,
  ),
);

const recordings = openTranscripts(path.resolve(import.meta.dirname, '../fixtures/conformance/kubectl'), 'own');
const listedName = (session: string): string => `kubectl-own/${session}`;

describe("sessions of kubectl, by the project's own one", () => {
  it.each(recordings.names.filter((session) => !mayDiffer.has(listedName(session))))('%s', async (session) => {
    const outcome = await recordings.replay(session);
    expect(outcome.error ?? '').toBe('');
    expect(passed(outcome) ? '' : describeFailure(outcome)).toBe('');
  });

  it('lists no session that passes', async () => {
    const listed = recordings.names.filter((session) => mayDiffer.has(listedName(session)));
    const passing: string[] = [];
    for (const session of listed) if (passed(await recordings.replay(session))) passing.push(session);
    expect(passing).toEqual([]);
  });

  it('lists no session that is not there', () => {
    const names = new Set(recordings.names.map(listedName));
    expect([...mayDiffer].filter((name) => !names.has(name))).toEqual([]);
  });
});
