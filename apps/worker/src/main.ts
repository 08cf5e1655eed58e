import 'reflect-metadata';
import process from 'node:process';
import { NestFactory } from '@nestjs/core';
import { Logger } from 'nestjs-pino';
import { ConfigError } from '@kubedrill/configuration';
import { readConfig } from './config.ts';
import { WorkerModule } from './worker.module.ts';

/** Starts a grading worker; ends on SIGTERM, SIGINT, or when the process that started it is gone. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const app = await NestFactory.createApplicationContext(WorkerModule.with(config), {
    bufferLogs: true,
    abortOnError: false,
  });
  app.useLogger(app.get(Logger));
  app.flushLogs();

  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    app.close().then(() => process.exit(0), fail);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on('disconnect', stop);
}

function fail(error: unknown): never {
  const text = error instanceof ConfigError ? error.message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`${text}\n`);
  return process.exit(1);
}

main().catch(fail);
