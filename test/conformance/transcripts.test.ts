import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { openTranscripts } from '../../apps/cli/src/conformance/kubectl/replay.ts';
import { describeFailure } from '../../apps/cli/src/conformance/report.ts';

/**
 * A step takes a process of the real kubectl, so the suite has the sessions that show most in a minute: how objects are made, changed,
 * shown, explained and deleted, most with the newest client and some with each other one. `kubedrill conformance` replays all of them.
 */
const sessions = [
  '1.36/apply-multi-and-bad',
  '1.36/create-service',
  '1.36/delete-variants',
  '1.36/describe-all',
  '1.36/explain',
  '1.36/multi-port-named',
  '1.33/tutorial-service-basics',
  '1.30/tutorial-service-types',
  '1.27/explain',
];

const recordings = openTranscripts(path.resolve(import.meta.dirname, '../fixtures/conformance/kubectl'), 'real');
const longestSession = 120_000;

describe('sessions of the real kubectl', () => {
  it.each(sessions)(
    '%s',
    async (session) => {
      expect(recordings.names).toContain(session);
      const outcome = await recordings.replay(session);
      expect(outcome.error ?? '').toBe('');
      expect(outcome.differences.length === 0 ? '' : describeFailure(outcome)).toBe('');
    },
    longestSession,
  );
});
