import type { VariantProgress } from './variant-progress.ts';

/** What a section offers: the variants of its exercises. */
export interface SectionOffer {
  readonly moduleId: string;
  readonly sectionId: string;
  readonly variants: readonly { readonly exerciseId: string; readonly variant: string; readonly points: number }[];
}

export interface SectionMastery {
  readonly moduleId: string;
  readonly sectionId: string;
  readonly points: number;
  readonly maxPoints: number;
  readonly passedVariants: number;
  readonly variants: number;
  /** Share of the section's points, 0 to 1, rounded to 6 decimals; 0 for a section without exercises. */
  readonly mastery: number;
}

/**
 * How much of each section one learner masters. Points count up to what the variant gives today: a later version may give
 * fewer than the learner once earned.
 */
export function masteryOf(
  sections: readonly SectionOffer[],
  progress: readonly VariantProgress[],
): readonly SectionMastery[] {
  const reached = new Map(progress.map((entry) => [`${entry.exerciseId} ${entry.variant}`, entry]));
  return sections.map(({ moduleId, sectionId, variants }) => {
    let points = 0;
    let maxPoints = 0;
    let passedVariants = 0;
    for (const variant of variants) {
      const entry = reached.get(`${variant.exerciseId} ${variant.variant}`);
      points += Math.min(entry?.points ?? 0, variant.points);
      maxPoints += variant.points;
      if (entry?.passedAt !== undefined) passedVariants++;
    }
    const mastery = maxPoints === 0 ? 0 : Math.round((points / maxPoints) * 1e6) / 1e6;
    return { moduleId, sectionId, points, maxPoints, passedVariants, variants: variants.length, mastery };
  });
}
