import { type ExecutionContext, Injectable, SetMetadata } from '@nestjs/common';
import { ThrottlerGuard, type ThrottlerModuleOptions } from '@nestjs/throttler';
import type { FastifyRequest } from 'fastify';
import { userOf } from '../auth/current-user.ts';
import type { ApiConfig } from '../config.ts';
import { ProblemError } from './problem-error.ts';

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
    getTracker: (request) => {
      const asked = request as unknown as FastifyRequest;
      return userOf(asked)?.id ?? asked.ip;
    },
  };
}

/** Runs behind AuthGuard, so that it knows who asks. */
@Injectable()
export class RateLimitGuard extends ThrottlerGuard {
  protected override throwThrottlingException(): Promise<void> {
    throw new ProblemError(
      'too-many-requests',
      'Too many requests in this minute. The header Retry-After says how many seconds to wait.',
    );
  }
}
