import { type DynamicModule, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { ThrottlerModule } from '@nestjs/throttler';
import { LoggerModule } from 'nestjs-pino';
import { LearnerSandboxes, Recovery, Regrades, SubmissionService } from '@kubedrill/submissions';
import { AuthController } from './auth/auth.controller.ts';
import { AuthGuard } from './auth/auth.guard.ts';
import { Authentication } from './auth/authentication.ts';
import { UsersController } from './auth/users.controller.ts';
import { VersionsController } from './authoring/versions.controller.ts';
import { CatalogueController } from './catalogue/catalogue.controller.ts';
import type { ApiConfig } from './config.ts';
import { HealthController } from './health/health.controller.ts';
import { RateLimitGuard, rateLimits } from './http/rate-limits.ts';
import { InstancesController } from './instances/instances.controller.ts';
import { PreparedExercises } from './instances/prepared-exercises.ts';
import { Metrics } from './metrics/metrics.ts';
import { MetricsController } from './metrics/metrics.controller.ts';
import { ProgressController } from './progress/progress.controller.ts';
import { RegradesController } from './regrades/regrades.controller.ts';
import { NetController } from './sandboxes/net.controller.ts';
import { SandboxesController } from './sandboxes/sandboxes.controller.ts';
import { SandboxTokens } from './sandboxes/sandbox-token.ts';
import { SubmissionsController } from './submissions/submissions.controller.ts';
import type { Platform } from './wiring/platform.ts';
import { ports } from './wiring/ports.ts';

/** Wires the running platform to the controllers. */
@Module({})
export class AppModule {
  static over(config: ApiConfig, platform: Platform): DynamicModule {
    return {
      module: AppModule,
      imports: [LoggerModule.forRoot(logging(config)), ThrottlerModule.forRoot(rateLimits(config))],
      controllers: [
        AuthController,
        UsersController,
        CatalogueController,
        VersionsController,
        InstancesController,
        SubmissionsController,
        ProgressController,
        RegradesController,
        SandboxesController,
        NetController,
        HealthController,
        MetricsController,
      ],
      providers: [
        { provide: ports.config, useValue: config },
        { provide: ports.catalogue, useValue: platform.catalogue },
        { provide: ports.exerciseVersions, useValue: platform.versions },
        { provide: ports.regradeStore, useValue: platform.regradeStore },
        { provide: Regrades, useValue: platform.regrades },
        { provide: ports.progress, useValue: platform.progress },
        { provide: ports.leaderboards, useValue: platform.leaderboards },
        { provide: ports.concepts, useValue: platform.concepts },
        { provide: ports.submissionStore, useValue: platform.submissionStore },
        { provide: ports.submissionEvents, useValue: platform.events },
        { provide: ports.queue, useValue: platform.queue },
        { provide: ports.accounts, useValue: platform.accounts },
        { provide: SubmissionService, useValue: platform.submissions },
        { provide: Recovery, useValue: platform.recovery },
        { provide: PreparedExercises, useValue: new PreparedExercises(platform.catalogue) },
        { provide: Metrics, useValue: platform.metrics },
        { provide: LearnerSandboxes, useValue: platform.learnerSandboxes.sandboxes },
        { provide: SandboxTokens, useValue: platform.learnerSandboxes.tokens },
        { provide: ports.kubectlAddress, useValue: platform.learnerSandboxes.address },
        Authentication,
        { provide: APP_GUARD, useClass: AuthGuard },
        { provide: APP_GUARD, useClass: RateLimitGuard },
      ],
    };
  }
}

/** One line a request, with its id; never tokens, cookies or bodies. */
function logging({ logLevel }: ApiConfig) {
  return {
    pinoHttp: {
      level: logLevel,
      autoLogging: {
        ignore: ({ url }: { readonly url?: string }) => url === '/healthz' || url === '/readyz' || url === '/metrics',
      },
      customLogLevel: (_request: unknown, response: { readonly statusCode: number }) =>
        response.statusCode >= 500 ? ('error' as const) : ('debug' as const),
      redact: ['req.headers.authorization', 'req.headers.cookie', 'res.headers["set-cookie"]'],
    },
  };
}
