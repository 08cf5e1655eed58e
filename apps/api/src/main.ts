import process from 'node:process';
import { greeting } from './greeting.ts';
import { ConfigError } from '@kubedrill/configuration';
import { readConfig } from './config.ts';
import { createApp } from './create-app.ts';
import { startPlatform } from './wiring/platform.ts';

/** Starts the platform and its HTTP server; ends on SIGTERM, SIGINT, or when the process that started it is gone. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const platform = await startPlatform(config);
  const app = await createApp(config, platform);
  await app.listen(config.port, config.host);
  process.stdout.write(greeting(config, await app.getUrl(), await platform.catalogue.exercises()));

  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    // Watches last as long as their clients like, and closing waits for answers to end.
    platform.learnerSandboxes.gateway.close();
    void app
      .close()
      .then(() => platform.close())
      .then(
        () => process.exit(0),
        (error: unknown) => fail(error),
      );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on('disconnect', stop);
}

function fail(error: unknown): never {
  const text =
    error instanceof ConfigError
      ? error.message
      : error instanceof Error
        ? (error.stack ?? error.message)
        : String(error);
  process.stderr.write(`${text}\n`);
  return process.exit(1);
}

main().catch(fail);
