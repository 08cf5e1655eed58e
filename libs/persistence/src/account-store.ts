import { isUniqueViolation, type Database } from './database.ts';
import { ReadCache } from './read-cache.ts';

export type Role = 'learner' | 'instructor' | 'admin';

export interface Account {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly createdAt: Date;
}

export interface NewAccount extends Omit<Account, 'role'> {
  readonly passwordHash: string;
  readonly role?: Role;
}

export interface AccessToken {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly lastUsedAt?: Date;
}

/** What is known of a session or token: its secret is hashed before it comes here. */
export interface TokenSecret {
  /** SHA-256, in hex. */
  readonly digest: string;
  readonly userId: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

const account = { id: true, email: true, name: true, role: true, createdAt: true } as const;

/** Milliseconds: how exactly the last use of a token is noted. Noting each would turn every request into a write. */
const lastUseGrain = 60_000;

/** Another process may revoke: then this one goes on for so long with what it read. */
const kept = { capacity: 10_000, milliseconds: 1_000 } as const;

/** A session or token as it was read. */
interface Credential {
  readonly account: Account;
  readonly expiresAt: Date;
}

interface TokenCredential extends Credential {
  lastUsedAt: Date | null;
}

/** Learners, their sessions and their personal access tokens. Instants are handed in. */
export class PrismaAccountStore {
  readonly #database: Database;
  readonly #sessions = new ReadCache<Credential>(kept);
  readonly #tokens = new ReadCache<TokenCredential>(kept);

  constructor(database: Database) {
    this.#database = database;
  }

  /** Addresses and names are unique without regard to letter case. */
  async create({ email, name, ...fields }: NewAccount): Promise<'created' | 'emailTaken' | 'nameTaken'> {
    const keys = { email: email.toLowerCase(), nameKey: name.toLowerCase() };
    try {
      await this.#database.client.user.create({ data: { ...fields, ...keys, name }, select: { id: true } });
      return 'created';
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      const sameEmail = await this.#database.client.user.findUnique({
        where: { email: keys.email },
        select: { id: true },
      });
      return sameEmail === null ? 'nameTaken' : 'emailTaken';
    }
  }

  async find(id: string): Promise<Account | undefined> {
    const row = await this.#database.client.user.findUnique({ where: { id }, select: account });
    return row === null ? undefined : accountOf(row);
  }

  /** For logging in. */
  async findByEmail(email: string): Promise<(Account & { readonly passwordHash: string }) | undefined> {
    const row = await this.#database.client.user.findUnique({
      where: { email: email.toLowerCase() },
      select: { ...account, passwordHash: true },
    });
    return row === null ? undefined : { ...accountOf(row), passwordHash: row.passwordHash };
  }

  /** In the order of their ids. */
  async list(filter: {
    readonly limit: number;
    readonly afterId?: string;
    readonly email?: string;
  }): Promise<readonly Account[]> {
    const { limit, afterId, email } = filter;
    const rows = await this.#database.client.user.findMany({
      where: { ...(afterId !== undefined && { id: { gt: afterId } }), ...(email !== undefined && { email }) },
      orderBy: { id: 'asc' },
      take: limit,
      select: account,
    });
    return rows.map(accountOf);
  }

  /** False when there is no such account. */
  async assignRole(id: string, role: Role): Promise<boolean> {
    const { count } = await this.#database.client.user.updateMany({ where: { id }, data: { role } });
    this.#sessions.clear();
    this.#tokens.clear();
    return count > 0;
  }

  async openSession({ digest, ...fields }: TokenSecret): Promise<void> {
    await this.#database.client.session.create({ data: { tokenDigest: digest, ...fields }, select: { userId: true } });
  }

  async ofSession(digest: string, now: Date): Promise<Account | undefined> {
    const session = await this.#sessions.get(digest, async () => {
      const row = await this.#database.client.session.findUnique({
        where: { tokenDigest: digest },
        select: { expiresAt: true, user: { select: account } },
      });
      return row === null ? undefined : { account: accountOf(row.user), expiresAt: row.expiresAt };
    });
    return session !== undefined && session.expiresAt > now ? session.account : undefined;
  }

  async closeSession(digest: string): Promise<void> {
    await this.#database.client.session.deleteMany({ where: { tokenDigest: digest } });
    this.#sessions.clear();
  }

  /** Removes what has expired; how many sessions and tokens that were. */
  async removeExpired(now: Date): Promise<number> {
    const where = { expiresAt: { lte: now } };
    const sessions = await this.#database.client.session.deleteMany({ where });
    const tokens = await this.#database.client.accessToken.deleteMany({ where });
    return sessions.count + tokens.count;
  }

  async createToken({
    digest,
    ...fields
  }: TokenSecret & { readonly id: string; readonly name: string }): Promise<void> {
    await this.#database.client.accessToken.create({ data: { tokenDigest: digest, ...fields }, select: { id: true } });
  }

  /** The learner's tokens, newest first. */
  async tokensOf(userId: string): Promise<readonly AccessToken[]> {
    const rows = await this.#database.client.accessToken.findMany({
      where: { userId },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      omit: { tokenDigest: true, userId: true },
    });
    return rows.map(({ lastUsedAt, ...row }) => ({ ...row, ...(lastUsedAt !== null && { lastUsedAt }) }));
  }

  /** False when the learner has no such token. */
  async removeToken(userId: string, id: string): Promise<boolean> {
    const { count } = await this.#database.client.accessToken.deleteMany({ where: { id, userId } });
    this.#tokens.clear();
    return count > 0;
  }

  /** The account that a token stands for; notes the use, to the minute. */
  async ofToken(digest: string, now: Date): Promise<Account | undefined> {
    const token = await this.#tokens.get(digest, () => this.#readToken(digest));
    if (token === undefined || token.expiresAt <= now) return undefined;
    if (token.lastUsedAt === null || now.getTime() - token.lastUsedAt.getTime() >= lastUseGrain) {
      token.lastUsedAt = now;
      await this.#database.client.accessToken.updateMany({ where: { tokenDigest: digest }, data: { lastUsedAt: now } });
    }
    return token.account;
  }

  async #readToken(digest: string): Promise<TokenCredential | undefined> {
    const row = await this.#database.client.accessToken.findUnique({
      where: { tokenDigest: digest },
      select: { expiresAt: true, lastUsedAt: true, user: { select: account } },
    });
    if (row === null) return undefined;
    const { user, ...token } = row;
    return { ...token, account: accountOf(user) };
  }
}

const accountOf = ({
  role,
  id,
  email,
  name,
  createdAt,
}: Omit<Account, 'role'> & { readonly role: string }): Account => ({
  ...{ id, email, name, createdAt },
  role: role as Role,
});
