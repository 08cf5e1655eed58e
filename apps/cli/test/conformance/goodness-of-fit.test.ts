import { describe, expect, it } from '@jest/globals';
import { isPlausible, type Category } from '../../src/conformance/dataplane/goodness-of-fit.ts';

/** Critical values of the chi-square distribution for p = 0.001, from any table of it. */
const critical = [10.828, 13.816, 16.266, 18.467, 20.515, 22.458, 24.322];

/** Equally likely categories, the first with so many more than its share that the statistic has the wanted value. */
function categoriesWith(statistic: number, degreesOfFreedom: number): readonly Category[] {
  const size = degreesOfFreedom + 1;
  const share = 10_000;
  const surplus = Math.sqrt(statistic * share * (degreesOfFreedom / size));
  return Array.from({ length: size }, (_, index) => ({
    count: index === 0 ? share + surplus : share - surplus / degreesOfFreedom,
    probability: 1 / size,
  }));
}

describe('goodness of fit', () => {
  it.each(critical.map((value, index) => ({ value, degrees: index + 1 })))(
    'draws the line for $degrees degrees of freedom at $value',
    ({ value, degrees }) => {
      expect(isPlausible(categoriesWith(value * 0.999, degrees))).toBe(true);
      expect(isPlausible(categoriesWith(value * 1.001, degrees))).toBe(false);
    },
  );

  const single: readonly { readonly categories: readonly Category[]; readonly plausible: boolean }[] = [
    { categories: [{ count: 5, probability: 1 }], plausible: true },
    {
      categories: [
        { count: 1, probability: 0 },
        { count: 99, probability: 1 },
      ],
      plausible: false,
    },
    {
      categories: [
        { count: 2, probability: 0.5 },
        { count: 0, probability: 0.5 },
      ],
      plausible: true,
    },
    {
      categories: [
        { count: 40, probability: 0.5 },
        { count: 0, probability: 0.5 },
      ],
      plausible: false,
    },
  ];
  it.each(single)('$categories: $plausible', ({ categories, plausible }) => {
    expect(isPlausible(categories)).toBe(plausible);
  });
});
