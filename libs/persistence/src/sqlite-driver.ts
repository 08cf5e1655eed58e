import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';

export type Connection = Awaited<ReturnType<PrismaBetterSqlite3['connect']>>;
type Query = Parameters<Connection['queryRaw']>[0];
type Transaction = Awaited<ReturnType<Connection['startTransaction']>>;

/** Milliseconds for which a statement waits while another process writes. */
const busyTimeout = 5_000;

/** Opens one connection. WAL lets readers and the writer go on side by side; with it, NORMAL survives a crash of the process. */
export async function connect(url: string): Promise<Connection> {
  const connection = await new PrismaBetterSqlite3({ url, timeout: busyTimeout }).connect();
  await connection.executeScript('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;');
  return connection;
}

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
      await this.#writer.executeScript('BEGIN IMMEDIATE');
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
      return await work();
    } finally {
      leave();
    }
  }
}

/** What PrismaClient takes as its adapter, for a "file:" address. */
export function sqliteDriverFactory(url: string) {
  return {
    provider: 'sqlite' as const,
    adapterName: '@prisma/adapter-better-sqlite3',
    connect: async (): Promise<Connection> => {
      const writer = await connect(url);
      const reader = await connect(url);
      await reader.executeScript('PRAGMA query_only = ON');
      return new SqliteDriver(writer, reader);
    },
  };
}
