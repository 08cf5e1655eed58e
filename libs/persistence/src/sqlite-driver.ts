import { setTimeout as delay } from 'node:timers/promises';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';

export type Connection = Awaited<ReturnType<PrismaBetterSqlite3['connect']>>;
type Query = Parameters<Connection['queryRaw']>[0];
type Transaction = Awaited<ReturnType<Connection['startTransaction']>>;

/** Milliseconds for which a statement waits, and its thread with it, while another process writes. */
export type BusyTimeout = number;

/** Opens one connection. WAL lets readers and the writer go on side by side; with it, NORMAL survives a crash of the process. */
export async function connect(url: string, timeout: BusyTimeout): Promise<Connection> {
  const connection = await new PrismaBetterSqlite3({ url, timeout }).connect();
  await connection.executeScript('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;');
  return connection;
}

/** Milliseconds for which a write waits in all, and between two attempts, while another process writes. */
const patience = { total: 10_000, pause: 2 };

/** Tries again while another process writes. The event loop goes on meanwhile. */
async function whenFree<T>(write: () => Promise<T>): Promise<T> {
  for (let waited = 0; ; waited += patience.pause) {
    try {
      return await write();
    } catch (error) {
      if (!isBusy(error) || waited >= patience.total) throw error;
      await delay(patience.pause);
    }
  }
}

/** How Prisma's adapter reports SQLITE_BUSY. */
const isBusy = (error: unknown): boolean =>
  error instanceof Error && (error.cause as { readonly kind?: unknown } | undefined)?.kind === 'SocketTimeout';

/** Lets one in at a time, in the order of asking. */
class Turnstile {
  #last: Promise<void> = Promise.resolve();

  /** Resolves, once all before have left, with the way to leave. */
  async enter(): Promise<() => void> {
    const before = this.#last;
    let leave: () => void = () => undefined;
    this.#last = new Promise((resolve) => {
      leave = resolve;
    });
    await before;
    return leave;
  }
}

/**
 * Prisma's own adapter runs everything on one connection: a statement outside of a transaction that is open lands inside it,
 * and is rolled back with it. Here transactions and single writes take turns on one connection, and reads outside of
 * transactions have another, which sees what is committed. Transactions begin IMMEDIATE: a deferred one that turns
 * from reading to writing while another process writes fails at once, whatever the time-out.
 */
class SqliteDriver implements Connection {
  readonly provider = 'sqlite';
  readonly adapterName: string;
  readonly #writer: Connection;
  readonly #reader: Connection;
  readonly #turnstile = new Turnstile();

  constructor(writer: Connection, reader: Connection) {
    this.adapterName = writer.adapterName;
    this.#writer = writer;
    this.#reader = reader;
  }

  async queryRaw(query: Query): ReturnType<Connection['queryRaw']> {
    if (/^\s*SELECT\b/i.test(query.sql)) return this.#reader.queryRaw(query);
    return this.#alone(() => this.#writer.queryRaw(query));
  }

  executeRaw(query: Query): Promise<number> {
    return this.#alone(() => this.#writer.executeRaw(query));
  }

  executeScript(script: string): Promise<void> {
    return this.#alone(() => this.#writer.executeScript(script));
  }

  async startTransaction(): Promise<Transaction> {
    const leave = await this.#turnstile.enter();
    try {
      await whenFree(() => this.#writer.executeScript('BEGIN IMMEDIATE'));
    } catch (error) {
      leave();
      throw error;
    }
    // Prisma sends COMMIT or ROLLBACK as a statement, and then calls the method of that name.
    const end = (): Promise<void> => Promise.resolve(leave());
    const writer = this.#writer;
    return {
      provider: this.provider,
      adapterName: this.adapterName,
      options: { usePhantomQuery: false },
      queryRaw: (query) => writer.queryRaw(query),
      executeRaw: (query) => writer.executeRaw(query),
      commit: end,
      rollback: end,
      createSavepoint: (name) => writer.executeScript(`SAVEPOINT ${name}`),
      rollbackToSavepoint: (name) => writer.executeScript(`ROLLBACK TO ${name}`),
      releaseSavepoint: (name) => writer.executeScript(`RELEASE SAVEPOINT ${name}`),
    };
  }

  async dispose(): Promise<void> {
    const leave = await this.#turnstile.enter();
    await this.#reader.dispose();
    await this.#writer.dispose();
    leave();
  }

  async #alone<T>(work: () => Promise<T>): Promise<T> {
    const leave = await this.#turnstile.enter();
    try {
      return await whenFree(work);
    } finally {
      leave();
    }
  }
}

/** In WAL mode a reader waits only while the log of a process that crashed is recovered. */
const readerTimeout: BusyTimeout = 5_000;

/** What PrismaClient takes as its adapter, for a "file:" address. */
export function sqliteDriverFactory(url: string) {
  return {
    provider: 'sqlite' as const,
    adapterName: '@prisma/adapter-better-sqlite3',
    connect: async (): Promise<Connection> => {
      const writer = await connect(url, 0);
      const reader = await connect(url, readerTimeout);
      await reader.executeScript('PRAGMA query_only = ON');
      return new SqliteDriver(writer, reader);
    },
  };
}
