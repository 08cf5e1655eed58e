import { describe, expect, it } from '@jest/globals';
import { gradingResultView, submissionBounds, submissionStatus, type GradingResultView } from '@kubedrill/contracts';
import type { GradingResult } from '@kubedrill/grader';
import { contentBounds, statusesBefore } from '@kubedrill/submissions';
import { resultOf } from '../../submissions/test/contract/samples.ts';

describe('wire shapes and the core', () => {
  it('agree about results: nothing is lost on the wire', () => {
    const result: GradingResult = resultOf(75, {
      limit: { bound: 'time', text: 'longer than 5 s' },
      messages: [{ severity: 'error', text: 'refused', position: { file: 'a.yaml', line: 3 } }],
      checks: [
        {
          id: 'dns',
          title: 'The name resolves',
          weight: 1,
          status: 'failed',
          credit: 0,
          feedback: {
            summary: 'No such name.',
            expected: 'an address',
            observed: 'NXDOMAIN',
            hops: [
              {
                kind: 'resolver',
                at: 'pod default/web-1',
                text: 'asked',
                rule: 'search default.svc.cluster.local',
                evidence: [{ kind: 'Service', namespace: 'default', name: 'api', path: ['spec', 'ports', 0] }],
              },
            ],
            source: { file: 'a.yaml', line: 3, column: 5, field: 'Service default/api spec', excerpt: 'spec:' },
          },
        },
      ],
    });
    const view: GradingResultView = result;
    expect(gradingResultView.parse(view)).toEqual(result);
  });

  it('agree about bounds', () => {
    expect(contentBounds).toEqual({
      files: submissionBounds.files,
      fileLength: submissionBounds.contentLength,
      totalLength: submissionBounds.totalLength,
      commands: submissionBounds.commands,
      commandsLength: submissionBounds.commandsLength,
      answers: submissionBounds.answers,
      answerLength: submissionBounds.answerLength,
    });
  });

  it('agree about statuses', () => {
    expect([...submissionStatus.options].sort()).toEqual(Object.keys(statusesBefore).sort());
  });
});
