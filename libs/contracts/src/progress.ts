import { z } from 'zod';
import { variantStanding } from './catalogue.ts';
import { exerciseId, instant, moduleId, sectionId, userId, variantId } from './identifier.ts';
import { pageQuery } from './page.ts';

export const variantProgress = variantStanding
  .extend({
    exercise: exerciseId,
    variant: variantId,
    maxPoints: z.int().min(0).meta({ example: 100 }),
    passedAt: instant.optional(),
  })
  .meta({ id: 'VariantProgress' });

export const sectionMastery = z
  .object({
    module: moduleId,
    section: sectionId,
    points: z.int().min(0).meta({ example: 175 }),
    maxPoints: z.int().min(0).meta({ example: 300 }),
    passedVariants: z.int().min(0).meta({ example: 1 }),
    variants: z.int().min(0).meta({ example: 3 }),
    mastery: z.number().min(0).max(1).meta({ description: 'Share of all points of the section', example: 0.583333 }),
  })
  .meta({ id: 'SectionMastery' });

export const progressView = z
  .object({
    points: z.int().min(0).meta({ example: 175 }),
    maxPoints: z.int().min(0).meta({ example: 1200 }),
    sections: z.array(sectionMastery),
    variants: z.array(variantProgress).meta({ description: 'Variants with at least one graded submission' }),
  })
  .meta({ id: 'Progress' });

export const leaderboardScope = z
  .union([z.literal('global'), moduleId])
  .meta({ description: '`global`, or the id of a module', example: 'global' });

export const leaderboardPeriod = z.enum(['all', 'week', 'month']).meta({
  description: 'all: since the beginning. week: this ISO week, UTC. month: this calendar month, UTC',
  example: 'week',
});

export const leaderboardQuery = pageQuery.extend({ period: leaderboardPeriod.default('all') });

export const leaderboardEntry = z
  .object({
    rank: z.int().min(1).meta({ example: 1 }),
    user: z.object({ id: userId, name: z.string().meta({ example: 'ada' }) }),
    points: z.int().min(0).meta({ example: 875 }),
    lastGainAt: instant.meta({ description: 'Of two with equal points the one who got there earlier stands higher' }),
  })
  .meta({ id: 'LeaderboardEntry' });

export const leaderboardView = z
  .object({
    scope: leaderboardScope,
    period: leaderboardPeriod,
    since: instant.optional().meta({ description: 'When the period began; absent for all' }),
    items: z.array(leaderboardEntry).max(100),
    nextCursor: z.string().max(200).optional(),
    own: leaderboardEntry.optional().meta({ description: "The asking learner's entry, wherever it stands" }),
  })
  .meta({ id: 'Leaderboard' });

export type VariantProgress = z.output<typeof variantProgress>;
export type SectionMastery = z.output<typeof sectionMastery>;
export type ProgressView = z.output<typeof progressView>;
export type LeaderboardPeriod = z.output<typeof leaderboardPeriod>;
export type LeaderboardQuery = z.output<typeof leaderboardQuery>;
export type LeaderboardEntry = z.output<typeof leaderboardEntry>;
export type LeaderboardView = z.output<typeof leaderboardView>;
