import path from 'node:path';
import { availableParallelism } from 'node:os';
import { z } from 'zod';

const root = path.resolve(import.meta.dirname, '../../..');

const port = z.coerce.number().int().min(0).max(65_535);

/** One entry per variable of the README's configuration table; read once, at start. */
const environment = z.object({
  PORT: port.default(3000),
  HOST: z.string().min(1).default('0.0.0.0'),
  DATABASE_URL: z
    .string()
    .regex(/^file:.+/, { error: 'must be file:<path>, for example file:/data/kubedrill.db' })
    .default(`file:${path.join(root, 'data', 'kubedrill.db')}`),
  REDIS_URL: z.url({ protocol: /^rediss?$/, error: 'must be redis://host:port or rediss://host:port' }).optional(),
  GRADING_CONCURRENCY: z.coerce
    .number()
    .int()
    .min(1)
    .max(64)
    .default(Math.max(1, availableParallelism() - 1)),
  GRADING_TIME_LIMIT_MS: z.coerce.number().int().min(100).max(600_000).default(5_000),
  GRADING_MEMORY_LIMIT_MIB: z.coerce.number().int().min(64).max(16_384).default(256),
  SESSION_SECRET: z.string().min(32, { error: 'must have at least 32 characters' }).optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('warn'),
  PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'must be http://... or https://...' }).optional(),
  CONTENT_DIR: z.string().min(1).default(path.join(root, 'challenges')),
  REQUESTS_PER_MINUTE: z.coerce.number().int().min(1).max(1_000_000).default(6_000),
  SUBMISSIONS_PER_MINUTE: z.coerce.number().int().min(1).max(1_000_000).default(600),
  LOGINS_PER_MINUTE: z.coerce.number().int().min(1).max(1_000_000).default(30),
});

export interface ApiConfig {
  readonly port: number;
  readonly host: string;
  readonly databaseUrl: string;
  readonly redisUrl: string | undefined;
  readonly grading: {
    readonly concurrency: number;
    readonly timeLimitMilliseconds: number;
    readonly memoryLimitMebibytes: number;
  };
  readonly sessionSecret: string | undefined;
  readonly logLevel: z.output<typeof environment>['LOG_LEVEL'];
  /** Where browsers reach this server; absent: the address it listens on. */
  readonly publicUrl: string | undefined;
  readonly contentDirectory: string;
  readonly limits: {
    readonly requestsPerMinute: number;
    readonly submissionsPerMinute: number;
    readonly loginsPerMinute: number;
  };
}

export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Throws a ConfigError that names each wrong variable, its value's fault and where the variables are documented. */
export function readConfig(variables: Readonly<Record<string, string | undefined>>): ApiConfig {
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
    port: value.PORT,
    host: value.HOST,
    databaseUrl: value.DATABASE_URL,
    redisUrl: value.REDIS_URL,
    grading: {
      concurrency: value.GRADING_CONCURRENCY,
      timeLimitMilliseconds: value.GRADING_TIME_LIMIT_MS,
      memoryLimitMebibytes: value.GRADING_MEMORY_LIMIT_MIB,
    },
    sessionSecret: value.SESSION_SECRET,
    logLevel: value.LOG_LEVEL,
    publicUrl: value.PUBLIC_URL,
    contentDirectory: value.CONTENT_DIR,
    limits: {
      requestsPerMinute: value.REQUESTS_PER_MINUTE,
      submissionsPerMinute: value.SUBMISSIONS_PER_MINUTE,
      loginsPerMinute: value.LOGINS_PER_MINUTE,
    },
  };
}
