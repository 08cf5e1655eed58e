import { type ExecutionContext, Injectable, SetMetadata } from '@nestjs/common';
import { ThrottlerGuard, type ThrottlerLimitDetail, type ThrottlerModuleOptions } from '@nestjs/throttler';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { userOf } from '../auth/current-user.ts';
import type { ApiConfig } from '../config.ts';
import { ProblemError } from './problem-error.ts';
import { RateCounter } from './rate-counter.ts';

const minute = 60_000;
const rateKey = 'kubedrill:rate';

type NarrowRate = 'submissions' | 'logins';

/** Every request counts; those of a route marked so count a second time, under a narrower limit. */
export const SubmissionRate = () => SetMetadata(rateKey, 'submissions' satisfies NarrowRate);
export const LoginRate = () => SetMetadata(rateKey, 'logins' satisfies NarrowRate);

function unlessMarked(rate: NarrowRate): (context: ExecutionContext) => boolean {
  return (context) => Reflect.getMetadata(rateKey, context.getHandler()) !== rate;
}

/** Requests a minute: per logged-in user, else per address. */
export function rateLimits({ limits }: ApiConfig): ThrottlerModuleOptions {
  return {
    throttlers: [
      { name: 'requests', ttl: minute, limit: limits.requestsPerMinute },
      { name: 'submissions', ttl: minute, limit: limits.submissionsPerMinute, skipIf: unlessMarked('submissions') },
      { name: 'logins', ttl: minute, limit: limits.loginsPerMinute, skipIf: unlessMarked('logins') },
    ],
    storage: new RateCounter(),
    generateKey: (context, tracker, name) =>
      `${context.getClass().name}.${context.getHandler().name} ${name} ${tracker}`,
    getTracker: (request) => {
      const asked = request as unknown as FastifyRequest;
      return userOf(asked)?.id ?? asked.ip;
    },
  };
}

/** Runs behind AuthGuard, so that it knows who asks. */
@Injectable()
export class RateLimitGuard extends ThrottlerGuard {
  protected override throwThrottlingException(context: ExecutionContext, hit: ThrottlerLimitDetail): Promise<void> {
    // The throttler itself says it under a name of its own, one for each limit.
    void context.switchToHttp().getResponse<FastifyReply>().header('Retry-After', hit.timeToBlockExpire);
    throw new ProblemError(
      'too-many-requests',
      'Too many requests in this minute. The header Retry-After says how many seconds to wait.',
    );
  }
}
