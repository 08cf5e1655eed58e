import { describe, expect, it } from '@jest/globals';
import { parseSchedule } from '../../src/cron/parse-schedule.ts';

function timesOf(text: string, from: string, count = 1): readonly string[] {
  const parsed = parseSchedule(text);
  if (!parsed.ok) throw new Error(parsed.message);
  const times: string[] = [];
  let at: number | undefined = Date.parse(from);
  for (let left = count; left > 0; left -= 1) {
    at = parsed.schedule.next(at);
    if (at === undefined) return [...times, 'never'];
    times.push(new Date(at).toISOString().replace(':00.000Z', '').replace('.000Z', ''));
  }
  return times;
}

/** Times as github.com/robfig/cron's own tests have them (spec_test.go), and Go's rules for times that clocks leave out. */
describe('the next time of a schedule', () => {
  it.each<[text: string, from: string, times: readonly string[]]>([
    ['0/15 * * * *', '2012-07-09T14:45:00Z', ['2012-07-09T15:00', '2012-07-09T15:15']],
    ['0/15 * * * *', '2012-07-09T14:59:59Z', ['2012-07-09T15:00']],
    ['20-35/15 * * * *', '2012-07-09T15:45:00Z', ['2012-07-09T16:20', '2012-07-09T16:35', '2012-07-09T17:20']],
    ['0/15 * * * *', '2012-12-31T23:59:45Z', ['2013-01-01T00:00']],
    ['30 8 ? Apr Sun', '2012-07-09T00:00:00Z', ['2013-04-07T08:30']],
    ['0 0 9 Apr ?', '2012-07-09T23:35:00Z', ['2013-04-09T00:00']],
    ['0 0 29 Feb ?', '2012-07-09T23:35:00Z', ['2016-02-29T00:00']],
    ['0 0 31 2 ?', '2012-07-09T23:35:00Z', ['never']],
    // A day of either kind is enough where both are restricted, and where one is not the other decides.
    ['0 0 1,15 * Sun', '2012-07-01T00:00:00Z', ['2012-07-08T00:00', '2012-07-15T00:00', '2012-07-22T00:00']],
    ['0 0 * * Sun', '2012-07-09T00:00:00Z', ['2012-07-15T00:00']],
    ['0 0 1,15 * *', '2012-07-09T00:00:00Z', ['2012-07-15T00:00']],
    ['0 0 */10 * Sun', '2012-07-09T00:00:00Z', ['2012-07-11T00:00', '2012-07-15T00:00', '2012-07-21T00:00']],
    ['@hourly', '2012-07-09T14:45:00Z', ['2012-07-09T15:00']],
    ['@weekly', '2012-07-09T14:45:00Z', ['2012-07-15T00:00']],
    ['@yearly', '2012-07-09T14:45:00Z', ['2013-01-01T00:00']],
    ['@every 1m30.5s', '2012-07-09T14:45:00Z', ['2012-07-09T14:46:30', '2012-07-09T14:48']],
    ['@every 10ms', '2012-07-09T14:45:00Z', ['2012-07-09T14:45:01']],
    [',,, * * * *', '2012-07-09T14:45:00Z', ['never']],
    ['TZ=Asia/Tokyo 30 9 * * *', '2012-07-09T00:00:00Z', ['2012-07-09T00:30', '2012-07-10T00:30']],
    // Clocks go forward at 2:00 of 2012-03-11, and back at 2:00 of 2012-11-04.
    ['CRON_TZ=America/New_York 0 2 * * ?', '2012-03-11T05:00:00Z', ['2012-03-12T06:00']],
    [
      'TZ=America/New_York 30 1 * * ?',
      '2012-11-04T04:00:00Z',
      ['2012-11-04T05:30', '2012-11-04T06:30', '2012-11-05T06:30'],
    ],
    ['TZ=America/New_York 0 0 12 3 ?', '2012-03-10T05:00:00Z', ['2012-03-12T04:00']],
    // There the day has no midnight.
    ['TZ=America/Sao_Paulo 0 9 * 11 *', '2018-11-03T23:00:00Z', ['2018-11-04T11:00']],
  ])('%s after %s', (text, from, times) => {
    expect(timesOf(text, from, times.length)).toEqual(times);
  });
});

/** parser.go's words, with those of strconv and time. */
describe('what is no schedule', () => {
  it.each<[text: string, message: string]>([
    ['', 'empty spec string'],
    ['  ', 'expected exactly 5 fields, found 0: []'],
    ['* * * *', 'expected exactly 5 fields, found 4: [* * * *]'],
    ['0 0  3 * * *', 'expected exactly 5 fields, found 6: [0 0 3 * * *]'],
    ['error * * * *', 'failed to parse int from error: strconv.Atoi: parsing "error": invalid syntax'],
    ['* 1- * * *', 'failed to parse int from : strconv.Atoi: parsing "": invalid syntax'],
    [
      '99999999999999999999 * * * *',
      'failed to parse int from 99999999999999999999: strconv.Atoi: parsing "99999999999999999999": value out of range',
    ],
    ['60 * * * *', 'end of range (60) above maximum (59): 60'],
    ['* * 0 * *', 'beginning of range (0) below minimum (1): 0'],
    ['* 5-1 * * *', 'beginning of range (5) beyond end of range (1): 5-1'],
    ['*/0 * * * *', 'step of range should be a positive number: */0'],
    ['*/-5 * * * *', 'negative number (-5) not allowed: -5'],
    ['1-2-3 * * * *', 'too many hyphens: 1-2-3'],
    ['*/1/2 * * * *', 'too many slashes: */1/2'],
    ['* * * * 7', 'end of range (7) above maximum (6): 7'],
    ['* * * Monday *', 'failed to parse int from Monday: strconv.Atoi: parsing "Monday": invalid syntax'],
    ['@unrecognized', 'unrecognized descriptor: @unrecognized'],
    ['@every', 'unrecognized descriptor: @every'],
    [
      '@every 5 minutes',
      'failed to parse duration @every 5 minutes: time: unknown unit " minutes" in duration "5 minutes"',
    ],
    ['@every 90', 'failed to parse duration @every 90: time: missing unit in duration "90"'],
    ['@every x', 'failed to parse duration @every x: time: invalid duration "x"'],
    ['@every 1d', 'failed to parse duration @every 1d: time: unknown unit "d" in duration "1d"'],
    ['@every 1é', 'failed to parse duration @every 1é: time: unknown unit "\\xc3\\xa9" in duration "1\\xc3\\xa9"'],
    ['TZ=0', 'invalid schedule format: runtime error: slice bounds out of range [:-1]'],
    ['TZ=Foo/Bar * * * * *', 'provided bad location Foo/Bar: unknown time zone Foo/Bar'],
    ['TZ=../x * * * * *', 'provided bad location ../x: time: invalid location name'],
  ])('%s', (text, message) => {
    expect(parseSchedule(text)).toEqual({ ok: false, message });
  });
});
