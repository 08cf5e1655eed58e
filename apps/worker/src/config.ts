import { availableParallelism } from 'node:os';
import {
  type GradingConfig,
  gradingConfig,
  type LogLevel,
  readEnvironment,
  sharedEnvironment,
} from '@kubedrill/configuration';
import { z } from 'zod';

const shared = sharedEnvironment(availableParallelism());

/** One entry per variable of the README's configuration table that a worker reads; read once, at start. */
const environment = z.object({
  ...shared,
  /** A worker takes its jobs from there. */
  REDIS_URL: shared.REDIS_URL.unwrap(),
  HEALTH_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  HEALTH_HOST: z.string().min(1).default('127.0.0.1'),
});

export interface WorkerConfig {
  readonly redisUrl: string;
  readonly grading: GradingConfig;
  /** Absent: no health checks are served. */
  readonly health: { readonly host: string; readonly port: number } | undefined;
  readonly logLevel: LogLevel;
}

/** Throws a ConfigError. */
export function readConfig(variables: Readonly<Record<string, string | undefined>>): WorkerConfig {
  const value = readEnvironment(environment, variables);
  return {
    redisUrl: value.REDIS_URL,
    grading: gradingConfig(value),
    health: value.HEALTH_PORT === undefined ? undefined : { host: value.HEALTH_HOST, port: value.HEALTH_PORT },
    logLevel: value.LOG_LEVEL,
  };
}
