import { availableParallelism } from 'node:os';
import { z } from 'zod';

/** One entry per variable of the README's configuration table that a worker reads; read once, at start. */
const environment = z.object({
  REDIS_URL: z.url({
    protocol: /^rediss?$/,
    error: 'must be redis://host:port or rediss://host:port: a worker takes its jobs from there',
  }),
  GRADING_CONCURRENCY: z.coerce
    .number()
    .int()
    .min(1)
    .max(64)
    .default(Math.max(1, availableParallelism() - 1)),
  GRADING_TIME_LIMIT_MS: z.coerce.number().int().min(100).max(600_000).default(5_000),
  GRADING_MEMORY_LIMIT_MIB: z.coerce.number().int().min(64).max(16_384).default(256),
  HEALTH_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  HEALTH_HOST: z.string().min(1).default('127.0.0.1'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

export interface WorkerConfig {
  readonly redisUrl: string;
  readonly grading: {
    readonly concurrency: number;
    readonly timeLimitMilliseconds: number;
    readonly memoryLimitMebibytes: number;
  };
  /** Absent: no health checks are served. */
  readonly health: { readonly host: string; readonly port: number } | undefined;
  readonly logLevel: z.output<typeof environment>['LOG_LEVEL'];
}

export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Throws a ConfigError that names each wrong variable and its value's fault. */
export function readConfig(variables: Readonly<Record<string, string | undefined>>): WorkerConfig {
  // An empty value means the same as none: shells and compose files write it so.
  const given = Object.fromEntries(
    Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new ConfigError(
      `The environment is not right:\n${faults.join('\n')}\nThe README's section "Configuration" lists every variable.`,
    );
  }
  const value = parsed.data;
  return {
    redisUrl: value.REDIS_URL,
    grading: {
      concurrency: value.GRADING_CONCURRENCY,
      timeLimitMilliseconds: value.GRADING_TIME_LIMIT_MS,
      memoryLimitMebibytes: value.GRADING_MEMORY_LIMIT_MIB,
    },
    health: value.HEALTH_PORT === undefined ? undefined : { host: value.HEALTH_HOST, port: value.HEALTH_PORT },
    logLevel: value.LOG_LEVEL,
  };
}
