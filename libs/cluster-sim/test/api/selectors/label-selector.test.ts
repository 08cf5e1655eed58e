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
    ['empty in ()', true],
    ['empty in (web,)', true],
    ['empty in (,web)', true],
    ['empty in (web)', false],
    ['constructor', false],
  ])('%s', (selector, expected) => {
    expect(check(selector, labels)).toBe(expected);
  });

  it.each([
    ['app=web,', "found '', expected: identifier after ','"],
    [',', "found ',', expected: !, identifier, or 'end of string'"],
    ['a=b=c', "found '=', expected: ',' or 'end of string'"],
    ['!a=b', "found '=', expected: ',' or 'end of string'"],
    ['app web', "unable to parse requirement: found 'web', expected: in, notin, =, ==, !=, gt, lt"],
    ['app in web', "unable to parse requirement: found 'web' expected: '('"],
    ['app in (', "unable to parse requirement: found '', expected: ',', ')' or identifier"],
    ['app in (=', "unable to parse requirement: found '=', expected: ',', ')' or identifier"],
    ['app in (web', "unable to parse requirement: found '', expected: ',' or ')'"],
    ['app in (web,', "unable to parse requirement: found '', expected: ',', or identifier"],
    ['app in (web=api)', "unable to parse requirement: found '=', expected: ',' or ')'"],
    ['app in (web,=)', "unable to parse requirement: found '=', expected: ',', or identifier"],
    ['!app in (web)', "found 'in', expected: ',' or 'end of string'"],
    ['app in (web api)', "unable to parse requirement: found 'api', expected: ',' or ')'"],
    ['app=(', "unable to parse requirement: found '(', expected: identifier"],
    [
      'n>x',
      `unable to parse requirement: values[0]: Invalid value: "x": for 'Gt', 'Lt' operators, the value must be an integer`,
    ],
    ['-a', expect.stringMatching(/^unable to parse requirement: <nil>: Invalid value: "-a": name part must consist/)],
    [
      'a=-b',
      expect.stringMatching(/^unable to parse requirement: values\[0\]\[a\]: Invalid value: "-b": a valid label must/),
    ],
  ])('refuses %s', (selector, expected) => {
    expect(check(selector, labels)).toEqual(expected);
  });
});
