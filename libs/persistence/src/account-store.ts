import { isUniqueViolation, type Database } from './database.ts';

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

/** Learners, their sessions and their personal access tokens. Instants are handed in. */
export class PrismaAccountStore {
  readonly #database: Database;

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

  async openSession({ digest, ...fields }: TokenSecret): Promise<void> {
    await this.#database.client.session.create({ data: { tokenDigest: digest, ...fields }, select: { userId: true } });
  }

  async ofSession(digest: string, now: Date): Promise<Account | undefined> {
    const row = await this.#database.client.session.findUnique({
      where: { tokenDigest: digest, expiresAt: { gt: now } },
      select: { user: { select: account } },
    });
    return row === null ? undefined : accountOf(row.user);
  }

  async closeSession(digest: string): Promise<void> {
    await this.#database.client.session.deleteMany({ where: { tokenDigest: digest } });
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
    return count > 0;
  }

  /** The account that a token stands for; notes the use, to the minute. */
  async ofToken(digest: string, now: Date): Promise<Account | undefined> {
    const row = await this.#database.client.accessToken.findUnique({
      where: { tokenDigest: digest, expiresAt: { gt: now } },
      select: { lastUsedAt: true, user: { select: account } },
    });
    if (row === null) return undefined;
    if (row.lastUsedAt === null || now.getTime() - row.lastUsedAt.getTime() >= lastUseGrain) {
      await this.#database.client.accessToken.updateMany({ where: { tokenDigest: digest }, data: { lastUsedAt: now } });
    }
    return accountOf(row.user);
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
