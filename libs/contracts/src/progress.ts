import { z } from 'zod';
import { exerciseKind, variantStanding, variantSummary } from './catalogue.ts';
import { exerciseId, instant, moduleId, sectionId, userId, variantId } from './identifier.ts';
import { listOf, pageQuery } from './page.ts';

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

export const nextQuery = z.object({
  limit: z.coerce.number().int().min(1).max(50).default(5).meta({ description: 'Most suggestions', example: 5 }),
});

const namedConcepts = z
  .array(z.object({ id: z.string().max(100), title: z.string().max(300) }))
  .max(100)
  .meta({ example: [{ id: 'selector', title: 'A selector finds the Pods that carry all of its pairs' }] });

export const nextExercise = z
  .object({
    exercise: exerciseId,
    kind: exerciseKind,
    title: z.string().max(200).meta({ example: 'A selector that asks for too much' }),
    module: moduleId,
    section: sectionId,
    variant: variantSummary.omit({ standing: true }),
    why: z.enum(['begun', 'ready', 'harder', 'ahead']).meta({
      description:
        'begun: tried and not passed. ready: all that it needs is understood. harder: passed, and there is a further variant. ahead: something is missing; one may try all the same',
    }),
    teaches: namedConcepts.meta({ description: 'What it would add to what is understood' }),
    missing: namedConcepts.meta({ description: 'What it needs and no passed exercise has shown' }),
  })
  .meta({ id: 'NextExercise' });

export const nextList = listOf(nextExercise).meta({ id: 'NextExercises' });

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
export type NextQuery = z.output<typeof nextQuery>;
export type NextExercise = z.output<typeof nextExercise>;
export type LeaderboardPeriod = z.output<typeof leaderboardPeriod>;
export type LeaderboardQuery = z.output<typeof leaderboardQuery>;
export type LeaderboardEntry = z.output<typeof leaderboardEntry>;
export type LeaderboardView = z.output<typeof leaderboardView>;
