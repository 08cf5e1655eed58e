import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import type { ApiConfig } from '../config.ts';
import { ProblemError } from '../http/problem-error.ts';
import { ports } from '../wiring/ports.ts';
import { Authentication } from './authentication.ts';
import { publicRouteKey, rememberUser, userOf } from './current-user.ts';
import { isPermitted, type Permission } from './permissions.ts';
import { permissionKey } from './permit.ts';

const harmlessMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Finds out who asks, and stops whoever is nobody, unless the route is public. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly authentication: Authentication,
    @Inject(ports.config) private readonly config: ApiConfig,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const isPublic =
      this.reflector.getAllAndOverride<boolean | undefined>(publicRouteKey, [
        context.getHandler(),
        context.getClass(),
      ]) ?? false;
    const found = await this.authentication.identify(request);
    if (found.kind === 'session') this.refuseForeignOrigin(request);
    if (found.kind === 'session' || found.kind === 'token') rememberUser(request, found.user);
    else if (!isPublic) {
      throw new ProblemError(
        'unauthenticated',
        found.kind === 'invalid'
          ? 'The token or session is wrong, expired or revoked. Log in again, or make a new token.'
          : 'Send "Authorization: Bearer <token>" (POST /api/v1/auth/tokens makes one), or log in with POST /api/v1/auth/login.',
      );
    }
    this.refuseUnpermitted(context, request);
    return true;
  }

  private refuseUnpermitted(context: ExecutionContext, request: FastifyRequest): void {
    const permission = this.reflector.get<Permission | undefined>(permissionKey, context.getHandler());
    const user = userOf(request);
    if (permission === undefined || (user !== undefined && isPermitted(user.role, permission))) return;
    throw new ProblemError('forbidden', `This needs the permission ${permission}, which your role does not have.`);
  }

  /** A browser sends the cookie along with forms of other sites, but says where they come from: those change nothing here. */
  private refuseForeignOrigin(request: FastifyRequest): void {
    const { origin, host } = request.headers;
    if (harmlessMethods.has(request.method) || origin === undefined) return;
    const own = [
      this.config.publicUrl,
      host === undefined ? undefined : `http://${host}`,
      host === undefined ? undefined : `https://${host}`,
    ];
    const isOwn = own.some((url) => url !== undefined && URL.canParse(url) && new URL(url).origin === origin);
    if (!isOwn) throw new ProblemError('forbidden', `Requests from ${origin.slice(0, 200)} may not use this session.`);
  }
}
