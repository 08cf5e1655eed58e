import type { Verdict } from '@kubedrill/grader';

/** What the rules need to know of a submission that was graded. */
export interface GradedSubmission {
  readonly submissionId: string;
  readonly userId: string;
  readonly exerciseId: string;
  readonly moduleId: string;
  readonly variant: string;
  readonly verdict: Verdict;
  /** 0 to 1. */
  readonly score: number;
  readonly points: number;
  readonly gradedAt: Date;
}

/** What a learner reached in one variant of an exercise. */
export interface VariantProgress {
  readonly userId: string;
  readonly exerciseId: string;
  readonly variant: string;
  readonly bestScore: number;
  /** The best of all attempts; earned points are never lost again. */
  readonly points: number;
  /** Graded submissions, whatever their verdict. A fault of the platform is no attempt. */
  readonly attempts: number;
  /** When every check passed for the first time. */
  readonly passedAt?: Date;
  readonly lastGradedAt: Date;
}

/** One entry of the ledger from which all standings follow: by how much a submission improved on the learner's best. */
export interface PointGain {
  readonly submissionId: string;
  readonly userId: string;
  readonly moduleId: string;
  /** Above 0. */
  readonly points: number;
  readonly gainedAt: Date;
}

export interface Advance {
  readonly progress: VariantProgress;
  readonly gain?: PointGain;
}

/**
 * The attempts of one learner at one variant have strictly rising instants: `progress.lastGradedAt` is the submission's
 * instant, moved behind the attempt before it if need be. So their order, and with it the ledger, can be rebuilt.
 */
export function advance(previous: VariantProgress | undefined, graded: GradedSubmission): Advance {
  const { submissionId, userId, exerciseId, moduleId, variant } = graded;
  const instant = previous === undefined ? graded.gradedAt : after(previous.lastGradedAt, graded.gradedAt);
  const passedAt = previous?.passedAt ?? (graded.verdict === 'passed' ? instant : undefined);
  const before = previous?.points ?? 0;
  const progress: VariantProgress = {
    userId,
    exerciseId,
    variant,
    bestScore: Math.max(previous?.bestScore ?? 0, graded.score),
    points: Math.max(before, graded.points),
    attempts: (previous?.attempts ?? 0) + 1,
    lastGradedAt: instant,
    ...(passedAt === undefined ? {} : { passedAt }),
  };
  if (graded.points <= before) return { progress };
  return { progress, gain: { submissionId, userId, moduleId, points: graded.points - before, gainedAt: instant } };
}

const after = (previous: Date, instant: Date): Date =>
  instant.getTime() > previous.getTime() ? instant : new Date(previous.getTime() + 1);
