import { describe, expect, it } from '@jest/globals';
import { ConfigError } from '@kubedrill/configuration';
import { readConfig } from '../src/config.ts';

const REDIS_URL = 'redis://localhost:6379';

describe("a worker's configuration", () => {
  it('needs a Redis, and has defaults for the rest', () => {
    expect(readConfig({ REDIS_URL, GRADING_CONCURRENCY: '3', HEALTH_PORT: '' })).toEqual({
      redisUrl: REDIS_URL,
      grading: { concurrency: 3, timeLimitMilliseconds: 5_000, memoryLimitMebibytes: 256 },
      health: undefined,
      logLevel: 'warn',
    });
  });

  it('serves health checks on this machine only, unless told otherwise', () => {
    expect(readConfig({ REDIS_URL, HEALTH_PORT: '3001' }).health).toEqual({ host: '127.0.0.1', port: 3001 });
    expect(readConfig({ REDIS_URL, HEALTH_PORT: '3001', HEALTH_HOST: '0.0.0.0' }).health?.host).toBe('0.0.0.0');
  });

  it.each([
    [{}, 'REDIS_URL'],
    [{ REDIS_URL: 'http://localhost' }, 'REDIS_URL: must be redis://'],
    [{ REDIS_URL, GRADING_CONCURRENCY: '0' }, 'GRADING_CONCURRENCY'],
    [{ REDIS_URL, GRADING_TIME_LIMIT_MS: 'soon' }, 'GRADING_TIME_LIMIT_MS'],
    [{ REDIS_URL, GRADING_MEMORY_LIMIT_MIB: '1' }, 'GRADING_MEMORY_LIMIT_MIB'],
    [{ REDIS_URL, HEALTH_PORT: '70000' }, 'HEALTH_PORT'],
    [{ REDIS_URL, LOG_LEVEL: 'loud' }, 'LOG_LEVEL'],
  ])('%j is refused', (variables, text) => {
    expect(() => readConfig(variables)).toThrow(ConfigError);
    expect(() => readConfig(variables)).toThrow(text);
  });
});
