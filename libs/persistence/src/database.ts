import { Prisma, PrismaClient } from './generated/client.ts';
import { migrate } from './migrate.ts';
import { sqliteDriverFactory } from './sqlite-driver.ts';

export type Transaction = Prisma.TransactionClient;

/** Milliseconds that a transaction waits for its turn, and that it may take. */
const transactionBounds = { maxWait: 30_000, timeout: 30_000 };

export interface DatabaseOptions {
  /** "file:<path>". */
  readonly url: string;
  /** Where the migrations are: prisma/migrations. */
  readonly migrations: string;
}

/** The database, brought up to this build's schema. */
export class Database {
  readonly client: PrismaClient;
  /** Names of the migrations that opening it has applied. */
  readonly migrated: readonly string[];

  private constructor(client: PrismaClient, migrated: readonly string[]) {
    this.client = client;
    this.migrated = migrated;
  }

  static async open({ url, migrations }: DatabaseOptions): Promise<Database> {
    if (!url.startsWith('file:')) throw new Error('DATABASE_URL has to be an SQLite address: "file:<path>"');
    const migrated = await migrate(url, migrations);
    const client = new PrismaClient({ adapter: sqliteDriverFactory(url), transactionOptions: transactionBounds });
    await client.$connect();
    return new Database(client, migrated);
  }

  /** Runs all of the work or none. Keep it short: writers take turns. */
  transaction<T>(work: (transaction: Transaction) => Promise<T>, bounds = transactionBounds): Promise<T> {
    return this.client.$transaction(work, bounds);
  }

  async isReady(): Promise<boolean> {
    try {
      await this.client.$queryRaw`SELECT 1`;
      return true;
    } catch {
      return false;
    }
  }

  close(): Promise<void> {
    return this.client.$disconnect();
  }
}

/** Whether a write failed because what has to be unique is there already. */
export const isUniqueViolation = (error: unknown): boolean =>
  error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
