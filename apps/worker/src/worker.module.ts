import { Logger, Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import { BullGradingWorker } from '@kubedrill/queue';
import { createGradingSandbox } from '@kubedrill/sandbox';
import type { WorkerConfig } from './config.ts';
import { GradingService, SANDBOX } from './grading.service.ts';
import { HealthServer } from './health-server.ts';

/** Wires the queue's end in Redis to the sandbox. */
@Module({})
export class WorkerModule {
  static with({ redisUrl, grading, health, logLevel }: WorkerConfig): DynamicModule {
    const logger = new Logger('queue');
    return {
      module: WorkerModule,
      imports: [LoggerModule.forRoot({ pinoHttp: { level: logLevel } })],
      providers: [
        {
          provide: BullGradingWorker,
          useFactory: () =>
            new BullGradingWorker({
              redisUrl,
              concurrency: grading.concurrency,
              // What runs is over by then, one way or the other.
              closeMilliseconds: grading.timeLimitMilliseconds + 1_000,
              onTransportFault: (error) => logger.warn(error.message),
            }),
        },
        { provide: SANDBOX, useFactory: () => createGradingSandbox(grading) },
        GradingService,
        {
          provide: HealthServer,
          useFactory: (service: GradingService) => new HealthServer(service, health),
          inject: [GradingService],
        },
      ],
    };
  }
}
