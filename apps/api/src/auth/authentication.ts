import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { PrismaAccountStore } from '@kubedrill/persistence';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ApiConfig } from '../config.ts';
import { ports } from '../wiring/ports.ts';
import type { CurrentUser } from './current-user.ts';

export type Identification =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'invalid' }
  | { readonly kind: 'session' | 'token'; readonly user: CurrentUser };

export const sessionCookie = 'kubedrill_session';
const tokenPrefix = 'kd_';
const sessionDays = 30;
const day = 86_400_000;

/** 256 bits of chance need no slow hash: who reads the database cannot turn the digest back. */
function digest(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

export function newSecret(): { readonly secret: string; readonly digest: string } {
  const secret = randomBytes(32).toString('base64url');
  return { secret, digest: digest(secret) };
}

/** A personal access token, recognisable where it leaks. */
export function newAccessToken(): { readonly secret: string; readonly digest: string } {
  const secret = `${tokenPrefix}${newSecret().secret}`;
  return { secret, digest: digest(secret) };
}

/** Sessions in a signed cookie, personal access tokens in the Authorization header. */
@Injectable()
export class Authentication {
  constructor(
    @Inject(ports.accounts) private readonly accounts: PrismaAccountStore,
    @Inject(ports.config) private readonly config: ApiConfig,
  ) {}

  async identify(request: FastifyRequest): Promise<Identification> {
    const { authorization } = request.headers;
    if (authorization !== undefined) {
      const [scheme = '', token = ''] = authorization.split(' ', 2);
      const user =
        scheme.toLowerCase() === 'bearer' && token !== ''
          ? await this.accounts.ofToken(digest(token), new Date())
          : undefined;
      return user ? { kind: 'token', user } : { kind: 'invalid' };
    }
    const session = this.sessionSecret(request);
    if (session === undefined) return { kind: 'nobody' };
    const user = session === null ? undefined : await this.accounts.ofSession(digest(session), new Date());
    return user ? { kind: 'session', user } : { kind: 'invalid' };
  }

  async openSession(reply: FastifyReply, userId: string): Promise<void> {
    const { secret, digest: secretDigest } = newSecret();
    const createdAt = new Date();
    const expiresAt = new Date(createdAt.getTime() + sessionDays * day);
    await this.accounts.openSession({ digest: secretDigest, userId, createdAt, expiresAt });
    void reply.setCookie(sessionCookie, secret, { ...this.cookieOptions(), expires: expiresAt });
  }

  async closeSession(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const session = this.sessionSecret(request);
    if (typeof session === 'string') await this.accounts.closeSession(digest(session));
    void reply.clearCookie(sessionCookie, this.cookieOptions());
  }

  /** undefined: no cookie; null: one that this server has not signed. */
  private sessionSecret(request: FastifyRequest): string | null | undefined {
    const cookie = request.cookies[sessionCookie];
    if (cookie === undefined) return undefined;
    const unsigned = request.unsignCookie(cookie);
    return unsigned.valid ? unsigned.value : null;
  }

  private cookieOptions() {
    const secure = this.config.publicUrl?.startsWith('https:') ?? false;
    return { path: '/', httpOnly: true, sameSite: 'lax', secure, signed: true } as const;
  }
}
