import { z } from 'zod';

/** The environment is not as the README's configuration table says; the message names each wrong variable. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const redisUrl = z.url({ protocol: /^rediss?$/, error: 'must be redis://host:port or rediss://host:port' });

/** What API and workers both read. `processors`: of this machine; gradings and the rest take turns on them. */
export function sharedEnvironment(processors: number) {
  return {
    REDIS_URL: redisUrl.optional(),
    GRADING_CONCURRENCY: z.coerce
      .number()
      .int()
      .min(1)
      .max(64)
      .default(Math.max(1, Math.min(64, processors))),
    GRADING_TIME_LIMIT_MS: z.coerce.number().int().min(100).max(600_000).default(5_000),
    GRADING_MEMORY_LIMIT_MIB: z.coerce.number().int().min(64).max(16_384).default(256),
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('warn'),
  };
}

export type LogLevel = z.output<ReturnType<typeof sharedEnvironment>['LOG_LEVEL']>;

/** How a process grades. */
export interface GradingConfig {
  readonly concurrency: number;
  readonly timeLimitMilliseconds: number;
  readonly memoryLimitMebibytes: number;
}

export function gradingConfig(value: {
  readonly GRADING_CONCURRENCY: number;
  readonly GRADING_TIME_LIMIT_MS: number;
  readonly GRADING_MEMORY_LIMIT_MIB: number;
}): GradingConfig {
  return {
    concurrency: value.GRADING_CONCURRENCY,
    timeLimitMilliseconds: value.GRADING_TIME_LIMIT_MS,
    memoryLimitMebibytes: value.GRADING_MEMORY_LIMIT_MIB,
  };
}

/** Reads variables by a schema; throws a ConfigError that names each wrong one and its fault. */
export function readEnvironment<T extends z.ZodType>(
  schema: T,
  variables: Readonly<Record<string, string | undefined>>,
): z.output<T> {
  // An empty value means the same as none: shells and compose files write it so.
  const given = Object.fromEntries(
    Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new ConfigError(
    `The environment is not right:\n${faults.join('\n')}\nThe README's section "Configuration" lists every variable.`,
  );
}
