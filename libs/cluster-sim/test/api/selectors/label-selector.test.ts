import { describe, expect, it } from '@jest/globals';
import { matchesLabels, parseLabelSelector } from '../../../src/api/selectors/label-selector.ts';

function check(selector: string, labels: Readonly<Record<string, string>>): boolean | string {
  const parsed = parseLabelSelector(selector);
  return parsed.ok ? matchesLabels(parsed.requirements, labels) : parsed.message;
}

const labels = { app: 'web', tier: 'front', n: '5', empty: '' };

describe('label selectors', () => {
  it.each<[string, boolean]>([
    ['', true],
    ['app=web', true],
    ['app==web,tier=front', true],
    ['app!=web', false],
    ['other!=x', true],
    ['app in (web, api)', true],
    ['app notin (web,api)', false],
    ['app', true],
    ['!app', false],
    ['!other', true],
    ['n>4', true],
    ['n<5', false],
    ['empty=', true],
    ['empty in ()', false],
    ['constructor', false],
  ])('%s', (selector, expected) => {
    expect(check(selector, labels)).toBe(expected);
  });

  it.each(['app=web,', 'app in (web', 'app in web', '=web', 'app web', ',', 'a=b=c'])('refuses %s', (selector) => {
    expect(typeof check(selector, labels)).toBe('string');
  });
});
