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
  ADMIN_EMAIL: z.email().toLowerCase().optional(),
  CONTENT_DIR: z.string().min(1).default(path.join(root, 'challenges')),
  REQUESTS_PER_MINUTE: perMinute(6_000),
  SUBMISSIONS_PER_MINUTE: perMinute(600),
  LOGINS_PER_MINUTE: perMinute(30),
  SANDBOX_HOSTS: z.coerce
    .number()
    .int()
    .min(1)
    .max(64)
    .default(Math.max(1, Math.min(8, availableParallelism() - 1))),
  SANDBOX_HOST_MEMORY_MIB: z.coerce.number().int().min(128).max(16_384).default(512),
  SANDBOX_TLS_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  SANDBOX_IDLE_HOURS: z.coerce.number().min(0.01).max(8_760).default(72),
  SANDBOXES_PER_LEARNER: z.coerce.number().int().min(1).max(1_000).default(5),
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
  /** Whoever has this address is an administrator. */
  readonly adminEmail: string | undefined;
  readonly contentDirectory: string;
  readonly sandboxes: {
    /** Processes in which they live. */
    readonly hosts: number;
    readonly memoryLimitMebibytes: number;
    /** Where kubectl finds them, unless PUBLIC_URL is https. */
    readonly tlsPort: number;
    readonly idleHours: number;
    readonly perLearner: number;
  };
  readonly limits: {
    readonly requestsPerMinute: number;
    readonly submissionsPerMinute: number;
    readonly loginsPerMinute: number;
  };
}

const distance = 443;
const highestPort = 65_535;

/** 3443 beside 3000. */
function portBeside(port: number): number {
  if (port === 0) return 0;
  return port + distance > highestPort ? port - distance : port + distance;
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
    adminEmail: value.ADMIN_EMAIL,
    contentDirectory: value.CONTENT_DIR,
    sandboxes: {
      hosts: value.SANDBOX_HOSTS,
      memoryLimitMebibytes: value.SANDBOX_HOST_MEMORY_MIB,
      tlsPort: value.SANDBOX_TLS_PORT ?? portBeside(value.PORT),
      idleHours: value.SANDBOX_IDLE_HOURS,
      perLearner: value.SANDBOXES_PER_LEARNER,
    },
    limits: {
      requestsPerMinute: value.REQUESTS_PER_MINUTE,
      submissionsPerMinute: value.SUBMISSIONS_PER_MINUTE,
      loginsPerMinute: value.LOGINS_PER_MINUTE,
    },
  };
}
