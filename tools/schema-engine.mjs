#!/usr/bin/env node
// Stands in for Prisma's native schema engine, which is downloaded from the network: takes the same arguments, speaks the same
// JSON-RPC (one message a line on stdin and stdout), and does the work with Prisma's WebAssembly build of the engine over the
// SQLite driver adapter. Used by developers only (tools/prisma.mjs); serving applies migrations without it.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import readline from 'node:readline';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';

const command = readArguments(process.argv.slice(2));
const databaseFile = fileOf(command.url);

function readArguments(argv) {
  const read = { datamodels: [], url: undefined, task: undefined };
  for (let index = 0; index < argv.length; index++) {
    const name = argv[index];
    if (name === '--datamodels') read.datamodels.push(argv[++index]);
    else if (name === '--datasource') read.url = JSON.parse(argv[++index]).url;
    else if (name === '--enabled-preview-features' || name === '--extension-types') index++;
    else if (name === 'cli') read.task = argv[++index];
    else if (name === '--version') read.task = 'version';
  }
  return read;
}

/** The absolute path of a "file:" address; undefined without an address. */
function fileOf(url) {
  if (url === undefined) return undefined;
  if (!url.startsWith('file:'))
    throw new Error(`only SQLite files ("file:...") are supported here, not ${url.split(':')[0]}`);
  return path.resolve(url.slice('file:'.length));
}

function createDatabase(file) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.closeSync(fs.openSync(file, 'a'));
  return path.basename(file);
}

function removeDatabase(file) {
  for (const suffix of ['', '-wal', '-shm', '-journal']) fs.rmSync(file + suffix, { force: true });
}

function throwAwayFile() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kubedrill-schema-'));
  process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
  return path.join(folder, 'shadow.db');
}

/** The engine sends a migration of many statements as one executeRaw, which the adapter's executeRaw cannot do. */
function scriptable(connection) {
  const executeRaw = connection.executeRaw.bind(connection);
  connection.executeRaw = async (query) => {
    if (query.args.length > 0) return executeRaw(query);
    await connection.executeScript(query.sql);
    return 0;
  };
  return connection;
}

/** Adapters of the database and of a shadow database; the latter is a file, because one in memory is lost between connections. */
function adapterFactory(opened) {
  const keep = (connection) => {
    opened.push(connection);
    return connection;
  };
  const factory = new PrismaBetterSqlite3({ url: `file:${databaseFile ?? throwAwayFile()}` });
  const connect = factory.connect.bind(factory);
  factory.connect = async () => keep(await connect());
  factory.connectToShadowDb = async () =>
    keep(scriptable(await new PrismaBetterSqlite3({ url: `file:${throwAwayFile()}` }).connect()));
  return factory;
}

async function instantiate() {
  globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: (message) => process.stderr.write(`${message}\n`) };
  const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const wasm = fs.readFileSync(path.join(path.dirname(entry), 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(wasm, { './schema_engine_bg.js': bindings });
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
}

/** One engine a call: an engine that applied migrations keeps the SQLite file locked and makes no shadow database any more. */
async function withEngine(work) {
  const opened = [];
  const datamodels = command.datamodels.map((file) => [file, fs.readFileSync(file, 'utf8')]);
  const engine = await bindings.SchemaEngine.new(
    { datamodels: datamodels.length > 0 ? datamodels : undefined },
    () => {},
    bindMigrationAwareSqlAdapterFactory(adapterFactory(opened)),
  );
  try {
    return await work(engine);
  } finally {
    engine.free();
    for (const connection of opened) await connection.dispose();
  }
}

/** Over a driver adapter the engine fails where the native one finds the table of applied migrations missing, and makes it. */
const readsHistory = new Set([
  'devDiagnostic',
  'diagnoseMigrationHistory',
  'markMigrationApplied',
  'evaluateDataLoss',
  'createMigration',
]);

async function ensureHistory() {
  const connection = await new PrismaBetterSqlite3({ url: `file:${databaseFile}` }).connect();
  await connection.executeScript(`CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id"                  TEXT PRIMARY KEY NOT NULL,
    "checksum"            TEXT NOT NULL,
    "finished_at"         DATETIME,
    "migration_name"      TEXT NOT NULL,
    "logs"                TEXT,
    "rolled_back_at"      DATETIME,
    "started_at"          DATETIME NOT NULL DEFAULT current_timestamp,
    "applied_steps_count" INTEGER UNSIGNED NOT NULL DEFAULT 0
  )`);
  await connection.dispose();
}

/** These need the shadow database, which an engine finds only after devDiagnostic ran on it. */
const afterDiagnosis = new Set(['evaluateDataLoss', 'createMigration']);

async function call(method, params) {
  if (method === 'createDatabase') return { databaseName: createDatabase(fileOf(params.datasource.url)) };
  if (method === 'reset') {
    removeDatabase(databaseFile);
    createDatabase(databaseFile);
    return null;
  }
  if (databaseFile !== undefined && readsHistory.has(method)) await ensureHistory();
  return withEngine(async (engine) => {
    if (method === 'getDatabaseVersion') return engine.version(params);
    if (typeof engine[method] !== 'function') throw new Error(`the schema engine knows no method ${method}`);
    if (afterDiagnosis.has(method)) {
      await engine.devDiagnostic({ migrationsList: params.migrationsList, filters: params.filters });
    }
    return engine[method](params);
  });
}

const send = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);

async function answer({ id, method, params }) {
  if (method === undefined) return;
  try {
    const result = await call(method, params);
    if (method === 'diff' && result?.stdout)
      send({ id: `print-${id}`, method: 'print', params: { content: result.stdout } });
    send({ id, result: result ?? null });
  } catch (error) {
    const message = String(error?.message ?? error);
    const data = { is_panic: false, message, error_code: error?.code, meta: error?.meta };
    send({ id, error: { code: 4466, message, data } });
  }
}

/** Prisma reads log lines, an error's code among them, and skips the first line, which the native engine writes when it starts. */
function log(level, message, code) {
  const line = { level, target: 'schema_engine::logger', fields: { message, error_code: code } };
  process.stderr.write(`${JSON.stringify(line)}\n`);
}

/** `schema-engine cli <task>`: how Prisma asks whether the database exists, and makes it. */
function runTask(task) {
  const fail = (message, code) => {
    log('ERROR', message, code);
    process.exit(1);
  };
  log('INFO', 'Starting');
  if (task === 'version') process.stdout.write('schema-engine-cli wasm\n');
  else if (task === 'create-database') createDatabase(databaseFile);
  else if (task !== 'can-connect-to-database') fail(`unsupported task ${task}`, 'P1001');
  else if (!fs.existsSync(databaseFile)) fail('Database does not exist', 'P1003');
}

async function serve() {
  await instantiate();
  let pending = Promise.resolve();
  const input = readline.createInterface({ input: process.stdin, crlfDelay: Infinity });
  input.on('line', (line) => {
    pending = pending.then(() => answer(JSON.parse(line)));
  });
  input.on('close', () => void pending.then(() => process.exit(0)));
  process.on('SIGTERM', () => process.exit(0));
}

if (command.task === undefined) await serve();
else runTask(command.task);
