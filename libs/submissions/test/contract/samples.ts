import type { GradingResult } from '@kubedrill/grader';
import type { NewSubmission, PublishedExercise, PublishedModule, SubmissionContent } from '@kubedrill/submissions';

export const noon = new Date('2026-03-02T12:00:00.000Z');

export const later = (milliseconds: number): Date => new Date(noon.getTime() + milliseconds);

/** Digests are hex SHA-256 in earnest; here they only need to differ. */
export const digest = (letter: string): string => letter.repeat(64);

export function exerciseOf(id: string, part: Partial<PublishedExercise> = {}): PublishedExercise {
  return {
    id,
    kind: 'drill',
    title: `The exercise ${id}`,
    summary: 'What it is about.',
    accepts: 'files',
    concepts: ['selectors'],
    prerequisites: [],
    digest: digest('a'),
    variants: [
      { id: 'basic', title: 'Basic', difficulty: 1, points: 100 },
      { id: 'hard', title: 'Hard', difficulty: 4, points: 200 },
    ],
    content: { id, checks: [{ id: 'first' }] },
    ...part,
  };
}

/** Two exercises in one section of one module. */
export const course: readonly PublishedModule[] = [
  {
    id: 'services',
    title: 'Services',
    summary: 'Names and addresses.',
    sections: [
      {
        id: 'cluster-ip',
        title: 'ClusterIP',
        summary: 'The default.',
        text: '# ClusterIP',
        exercises: [
          exerciseOf('two-tier'),
          exerciseOf('guess', { digest: digest('b'), accepts: 'answers', kind: 'challenge' }),
        ],
      },
    ],
  },
];

export const manifest: SubmissionContent = { kind: 'files', files: [{ path: 'api.yaml', content: 'kind: Service\n' }] };

let serial = 0;

/** An id as the platform makes them, rising. */
export const nextId = (): string => `00000000-0000-4000-8000-${String(serial++).padStart(12, '0')}`;

export function newSubmission(userId: string, part: Partial<NewSubmission> = {}): NewSubmission {
  return {
    id: nextId(),
    userId,
    exerciseId: 'two-tier',
    exerciseDigest: digest('a'),
    variant: 'basic',
    seed: 4_294_967_295,
    content: manifest,
    createdAt: noon,
    ...part,
  };
}

export function resultOf(points: number, part: Partial<GradingResult> = {}): GradingResult {
  return {
    verdict: points === 100 ? 'passed' : points === 0 ? 'failed' : 'partial',
    score: points / 100,
    points,
    maxPoints: 100,
    checks: [
      { id: 'endpoints', title: 'Both Pods are endpoints', weight: 1, status: 'passed', credit: 1 },
      {
        id: 'reads-api',
        title: 'The frontend reads http://api',
        weight: 3,
        status: points === 100 ? 'passed' : 'failed',
        credit: 0.25,
        feedback: { summary: 'Nothing listens on 80 \u{1f600}', expected: 'HTTP 200', observed: 'refused' },
      },
    ],
    messages: [{ severity: 'warning', text: 'a "quoted" warning' }],
    receipt: {
      engine: digest('e'),
      exercise: digest('a'),
      variant: 'basic',
      seed: 7,
      submission: digest('c'),
      result: digest('d'),
    },
    ...part,
  };
}
