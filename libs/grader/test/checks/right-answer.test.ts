import { describe, expect, it } from '@jest/globals';
import { isRight, type RightAnswer } from '../../src/checks/answer/right-answer.ts';

interface Case {
  readonly given: string;
  readonly right: RightAnswer;
  readonly is: boolean;
}

const cases: readonly Case[] = [
  { given: ' Delivered ', right: 'delivered', is: true },
  { given: 'refused', right: 'timedOut', is: false },
  { given: 'timedOut', right: 'deniedByPolicy', is: true },
  { given: 'delivered, timedOut', right: ['deniedByPolicy', 'delivered'], is: true },
  { given: 'deniedByPolicy', right: 'timedOut', is: false },
  { given: '3', right: '3', is: true },
  { given: '33%', right: '1/3', is: true },
  { given: '0.333', right: '1/3', is: true },
  { given: '2/6', right: '1/3', is: true },
  { given: '30%', right: '1/3', is: false },
  { given: '10.0.0.2:80, 10.0.0.1:80', right: ['10.0.0.1:80', '10.0.0.2:80'], is: true },
  { given: '10.0.0.1:80', right: ['10.0.0.1:80', '10.0.0.2:80'], is: false },
  { given: '<none>', right: [], is: true },
  { given: '', right: [], is: true },
  { given: '1/0', right: '1', is: false },
];

describe('isRight', () => {
  it.each(cases)('"$given" for $right: $is', ({ given, right, is }) => {
    expect(isRight(given, right)).toBe(is);
  });
});
