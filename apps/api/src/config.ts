import { availableParallelism } from 'node:os';
import path from 'node:path';
import {
  type GradingConfig,
  gradingConfig,
  type LogLevel,
  readEnvironment,
  sharedEnvironment,
} from '@kubedrill/configuration';
import { z } from 'zod';

const root = path.resolve(import.meta.dirname, '../../..');

const perMinute = (fallback: number) => z.coerce.number().int().min(1).max(1_000_000).default(fallback);

/** One entry per variable of the README's configuration table that the API reads; read once, at start. */
const environment = z.object({
  ...sharedEnvironment(availableParallelism()),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().min(1).default('0.0.0.0'),
  DATABASE_URL: z
    .string()
    .regex(/^file:.+/, { error: 'must be file:<path>, for example file:/data/kubedrill.db' })
    .default(`file:${path.join(root, 'data', 'kubedrill.db')}`),
  SESSION_SECRET: z.string().min(32, { error: 'must have at least 32 characters' }).optional(),
  PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'must be http://... or https://...' }).optional(),
  CONTENT_DIR: z.string().min(1).default(path.join(root, 'challenges')),
  REQUESTS_PER_MINUTE: perMinute(6_000),
  SUBMISSIONS_PER_MINUTE: perMinute(600),
  LOGINS_PER_MINUTE: perMinute(30),
});

export interface ApiConfig {
  readonly port: number;
  readonly host: string;
  readonly databaseUrl: string;
  /** Absent: this process grades, too. */
  readonly redisUrl: string | undefined;
  readonly grading: GradingConfig;
  readonly sessionSecret: string | undefined;
  readonly logLevel: LogLevel;
  /** Where browsers reach this server; absent: the address it listens on. */
  readonly publicUrl: string | undefined;
  readonly contentDirectory: string;
  readonly limits: {
    readonly requestsPerMinute: number;
    readonly submissionsPerMinute: number;
    readonly loginsPerMinute: number;
  };
}

/** Throws a ConfigError. */
export function readConfig(variables: Readonly<Record<string, string | undefined>>): ApiConfig {
  const value = readEnvironment(environment, variables);
  return {
    port: value.PORT,
    host: value.HOST,
    databaseUrl: value.DATABASE_URL,
    redisUrl: value.REDIS_URL,
    grading: gradingConfig(value),
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
