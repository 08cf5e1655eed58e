import { Body, Controller, Get, Inject, Param, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  accountPage,
  type AccountQuery,
  accountQuery,
  accountView,
  type AccountView,
  assignRole,
  type AssignRole,
  userId,
} from '@kubedrill/contracts';
import type { PrismaAccountStore } from '@kubedrill/persistence';
import { ApiProblems } from '../http/api-problems.ts';
import { ProblemError } from '../http/problem-error.ts';
import { ports } from '../wiring/ports.ts';
import { accountViewOf } from './account-view.ts';
import { ApiAuthenticated } from './api-authenticated.ts';
import { type CurrentUser, User } from './current-user.ts';
import { Permit } from './permit.ts';

/** Accounts, for those who give roles. */
@ApiTags('accounts')
@ApiAuthenticated()
@Controller('users')
export class UsersController {
  constructor(@Inject(ports.accounts) private readonly accounts: PrismaAccountStore) {}

  @Get()
  @Permit('users:manage', { summary: 'Accounts, in the order of their ids' })
  @ApiOkResponse({ standardSchema: accountPage })
  @ApiProblems('invalid-request')
  async list(
    @Query({ schema: accountQuery }) { limit, cursor, email }: AccountQuery,
  ): Promise<{ items: AccountView[]; nextCursor?: string }> {
    const rows = await this.accounts.list({
      limit: limit + 1,
      ...(cursor === undefined ? {} : { afterId: cursor }),
      ...(email === undefined ? {} : { email }),
    });
    const items = rows.slice(0, limit).map(accountViewOf);
    const last = items.at(-1);
    return { items, ...(rows.length > limit && last ? { nextCursor: last.id } : {}) };
  }

  @Put(':id/role')
  @Permit('users:manage', { summary: 'Give a role to an account' })
  @ApiOkResponse({ standardSchema: accountView })
  @ApiProblems('invalid-request', 'not-found', 'conflict')
  async assign(
    @Param('id', { schema: userId }) id: string,
    @Body({ schema: assignRole }) { role }: AssignRole,
    @User() user: CurrentUser,
  ): Promise<AccountView> {
    if (id === user.id && role !== 'admin')
      throw new ProblemError('conflict', 'An administrator cannot take the role from himself: ask another one.');
    if (!(await this.accounts.assignRole(id, role))) throw new ProblemError('not-found', `There is no user ${id}.`);
    const account = await this.accounts.find(id);
    if (!account) throw new ProblemError('not-found', `There is no user ${id}.`);
    return accountViewOf(account);
  }
}
