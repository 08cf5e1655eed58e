import { randomUUID } from 'node:crypto';
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  accountView,
  type AccountView,
  type CreatedToken,
  createdToken,
  type CreateToken,
  createToken,
  loginRequest,
  type LoginRequest,
  registerRequest,
  type RegisterRequest,
  type Role,
  tokenId,
  tokenList,
  type TokenView,
} from '@kubedrill/contracts';
import type { PrismaAccountStore } from '@kubedrill/persistence';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ApiConfig } from '../config.ts';
import { ApiProblems } from '../http/api-problems.ts';
import { ProblemError } from '../http/problem-error.ts';
import { LoginRate } from '../http/rate-limits.ts';
import { ports } from '../wiring/ports.ts';
import { ApiAuthenticated } from './api-authenticated.ts';
import { accountViewOf } from './account-view.ts';
import { Authentication, newAccessToken } from './authentication.ts';
import { type CurrentUser, Public, User } from './current-user.ts';
import { hashPassword, isPassword, nobodysHash } from './password.ts';

const day = 86_400_000;

@ApiTags('accounts')
@Controller('auth')
export class AuthController {
  constructor(
    @Inject(ports.accounts) private readonly accounts: PrismaAccountStore,
    private readonly authentication: Authentication,
    @Inject(ports.config) private readonly config: ApiConfig,
  ) {}

  @Post('register')
  @Public()
  @LoginRate()
  @ApiOperation({ summary: 'Register and log in' })
  @ApiCreatedResponse({ standardSchema: accountView })
  @ApiProblems('invalid-request', 'conflict', 'too-many-requests')
  async register(
    @Body({ schema: registerRequest }) body: RegisterRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AccountView> {
    const { email, name, password } = body;
    const role: Role = email === this.config.adminEmail ? 'admin' : 'learner';
    const account = { id: randomUUID(), email, name, role, createdAt: new Date() };
    const outcome = await this.accounts.create({ ...account, passwordHash: await hashPassword(password) });
    if (outcome === 'emailTaken')
      throw new ProblemError('conflict', 'There is an account with this e-mail address. Log in instead.');
    if (outcome === 'nameTaken') throw new ProblemError('conflict', `The name "${name}" is taken. Choose another one.`);
    await this.authentication.openSession(reply, account.id);
    return accountViewOf(account);
  }

  @Post('login')
  @Public()
  @LoginRate()
  @HttpCode(200)
  @ApiOperation({ summary: 'Log in: sets the session cookie' })
  @ApiOkResponse({ standardSchema: accountView })
  @ApiProblems('invalid-request', 'unauthenticated', 'too-many-requests')
  async login(
    @Body({ schema: loginRequest }) body: LoginRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AccountView> {
    const account = await this.accounts.findByEmail(body.email);
    const matches = await isPassword(account?.passwordHash ?? (await nobodysHash), body.password);
    if (!account || !matches) throw new ProblemError('unauthenticated', 'The e-mail address or the password is wrong.');
    await this.authentication.openSession(reply, account.id);
    return accountViewOf(account);
  }

  @Post('logout')
  @Public()
  @HttpCode(204)
  @ApiOperation({ summary: 'Log out: ends the session' })
  @ApiNoContentResponse()
  async logout(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await this.authentication.closeSession(request, reply);
  }

  @Get('me')
  @ApiAuthenticated()
  @ApiOperation({ summary: 'Who am I?' })
  @ApiOkResponse({ standardSchema: accountView })
  me(@User() user: CurrentUser): AccountView {
    return accountViewOf(user);
  }

  @Post('tokens')
  @ApiAuthenticated()
  @ApiOperation({ summary: 'Make a personal access token for scripts' })
  @ApiCreatedResponse({ standardSchema: createdToken })
  @ApiProblems('invalid-request')
  async makeToken(@Body({ schema: createToken }) body: CreateToken, @User() user: CurrentUser): Promise<CreatedToken> {
    const { secret, digest } = newAccessToken();
    const createdAt = new Date();
    const expiresAt = new Date(createdAt.getTime() + body.expiresInDays * day);
    const id = randomUUID();
    await this.accounts.createToken({ id, name: body.name, digest, userId: user.id, createdAt, expiresAt });
    return {
      id,
      name: body.name,
      createdAt: createdAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
      token: secret,
    };
  }

  @Get('tokens')
  @ApiAuthenticated()
  @ApiOperation({ summary: 'My personal access tokens, without their secrets' })
  @ApiOkResponse({ standardSchema: tokenList })
  async tokens(@User() user: CurrentUser): Promise<{ items: TokenView[] }> {
    const tokens = await this.accounts.tokensOf(user.id);
    return {
      items: tokens.map(({ id, name, createdAt, expiresAt, lastUsedAt }) => ({
        id,
        name,
        createdAt: createdAt.toISOString(),
        expiresAt: expiresAt.toISOString(),
        ...(lastUsedAt ? { lastUsedAt: lastUsedAt.toISOString() } : {}),
      })),
    };
  }

  @Delete('tokens/:id')
  @HttpCode(204)
  @ApiAuthenticated()
  @ApiOperation({ summary: 'Revoke a personal access token' })
  @ApiNoContentResponse()
  @ApiProblems('invalid-request', 'not-found')
  async revokeToken(@Param('id', { schema: tokenId }) id: string, @User() user: CurrentUser): Promise<void> {
    if (!(await this.accounts.removeToken(user.id, id)))
      throw new ProblemError('not-found', `You have no token ${id}.`);
  }
}
