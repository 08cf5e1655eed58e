import { describe, expect, it } from '@jest/globals';
import { Draw } from '../src/soak/draw.ts';
import { shrunk } from '../src/soak/shrink.ts';
import { soak, type Failure } from '../src/soak/soak.ts';
import { startingClusters } from '../src/soak/starting-clusters.ts';
import { state, type Step } from '../src/soak/step.ts';
import { call } from './memory-terminal.ts';

describe('generated clusters', () => {
  it('have every property', () => {
    const failures: Failure[] = [];
    const counts = soak({
      seed: 20260101,
      manifests: 2_000,
      first: 0,
      names: [],
      maxFailures: 3,
      onFailure: (failure) => void failures.push(failure),
    });
    expect(failures).toEqual([]);
    for (const { property, cases } of counts) expect([property.name, cases > 0]).toEqual([property.name, true]);
  }, 300_000);
});

describe('kubedrill soak', () => {
  it('says what it tried', async () => {
    const { code, out } = await call('soak', '--count', '20', '--seed', '4');
    expect(code).toBe(0);
    expect(out).toMatch(/^2\d manifests in .* s, 0 failures$/m);
  });

  it('tries one property alone', async () => {
    const { code, out } = await call('soak', 'order', '--count', '5');
    expect([code, out.split('\n').map((line) => line.split(' ')[0])]).toEqual([0, ['order', expect.any(String)]]);
  });

  it('refuses a property that there is not', async () => {
    expect(await call('soak', 'luck')).toMatchObject({
      code: 2,
      error: expect.stringContaining('no property "luck"') as unknown,
    });
  });

  it('refuses a seed that is no number', async () => {
    expect(await call('soak', '--seed', 'x')).toMatchObject({
      code: 2,
      error: expect.stringContaining('whole number') as unknown,
    });
  });
});

describe('a scenario that goes wrong', () => {
  it('is shown as small as can be', () => {
    const culprit = (text: string): Step => ({ do: 'apply', text });
    const steps = [
      culprit('{"a":1}'),
      culprit('{"spec":{"ports":[{"port":80,"name":"x"}]},"b":2}'),
      { do: 'settle' } as const,
    ];
    const problemOf = (tried: readonly Step[]): string | undefined =>
      JSON.stringify(tried).includes('port\\"') ? 'there is a port' : undefined;
    expect(shrunk({ problem: 'there is a port', steps, problemOf }).steps).toEqual([
      culprit('{"spec":{"ports":[{"port":80}]}}'),
    ]);
  });
});

describe('starting clusters', () => {
  it('are made alike, to the byte', () => {
    const states = (): readonly string[] => [...startingClusters().values()].map(state);
    expect(states()).toEqual(states());
  });
});

describe('draws', () => {
  it('are the same for the same seed and number', () => {
    const drawn = (seed: number, number: number): string =>
      JSON.stringify(new Draw(seed, number).list(20, 20, (index) => new Draw(seed, number + index).between(0, 999)));
    expect(drawn(1, 2)).toBe(drawn(1, 2));
    expect(new Set([drawn(1, 2), drawn(1, 3), drawn(2, 2)]).size).toBe(3);
  });
});
