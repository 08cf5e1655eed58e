import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { Role } from '@kubedrill/contracts';
import type { FastifyRequest } from 'fastify';
import { ProblemError } from '../http/problem-error.ts';

/** Who asks: what guards and controllers know of a logged-in user. */
export interface CurrentUser {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly createdAt: Date;
}

const users = new WeakMap<FastifyRequest, CurrentUser>();

/** Set once per request, by AuthGuard. */
export function rememberUser(request: FastifyRequest, user: CurrentUser): void {
  users.set(request, user);
}

export function userOf(request: FastifyRequest): CurrentUser | undefined {
  return users.get(request);
}

const publicRoute = 'kubedrill:public';

/** The route is open to everybody; who is logged in is known all the same. */
export const Public = () => SetMetadata(publicRoute, true);

export const publicRouteKey = publicRoute;

/** The logged-in user; on a public route possibly nobody. */
export const Visitor = createParamDecorator((_: unknown, context: ExecutionContext) =>
  userOf(context.switchToHttp().getRequest<FastifyRequest>()),
);

/** The logged-in user, of whom AuthGuard has made sure. */
export const User = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const user = userOf(context.switchToHttp().getRequest<FastifyRequest>());
  if (!user) throw new ProblemError('unauthenticated', 'This route needs a logged-in user.');
  return user;
});
