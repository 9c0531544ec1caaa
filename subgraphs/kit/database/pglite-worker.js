// Runs PGlite in a thread of its own, because a query blocks the event loop of its thread. Plain JavaScript: a worker
// thread starts without the loader that reads TypeScript.
import { parentPort, workerData } from 'node:worker_threads';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';

/**
 * @typedef {{ id: number, kind: 'query' | 'begin' | 'commit' | 'rollback' | 'expire' | 'stop', schema: string, sql?: string,
 *   parameters?: readonly (string | Uint8Array | null)[], lease?: number }} Question
 */

const text = (value) => value;
const instant = (value) => value.replace(' ', 'T').replace(/\+00$/, 'Z');
const parsers = { 20: BigInt, 1082: text, 1114: instant, 1184: instant };

/** @type {{ directory: string | null, idleTransactionMs: number }} */
const { directory, idleTransactionMs } = workerData;

/** @type {Question[]} */
const waiting = [];
/** The number of the `begin` whose transaction has the instance to itself. @type {number | null} */
let lease = null;
let idle;
let running = false;
let searchPath = '';
/**
 * What WebAssembly threw (a stack that ran over, memory out of bounds). PGlite swallows it and answers with no rows and
 * no error, as if nothing were on record; here it is kept, so that it ends the thread.
 */
let trap = null;

const database = await open();

parentPort.on('message', (question) => {
  // Who waits was told already that it is over.
  if (question.kind === 'stop') waiting.length = 0;
  waiting.push(question);
  void run();
});
parentPort.postMessage({ id: 0 });

async function open() {
  if (directory === null) return start(undefined);
  // A cluster that was not made whole must never be taken for one, so it gets its name when it is.
  if (!existsSync(directory)) {
    const unfinished = `${directory}.unfinished`;
    rmSync(unfinished, { recursive: true, force: true });
    await (await start(unfinished)).close();
    renameSync(unfinished, directory);
  }
  return start(directory);
}

function watchForTraps({ Module, POSTGRES_MAIN_LONGJMP }) {
  const loop = Module._PostgresMainLoopOnce;
  Module._PostgresMainLoopOnce = () => {
    try {
      loop();
    } catch (error) {
      // This status is how PostgreSQL reports an ordinary error.
      if (error.status !== POSTGRES_MAIN_LONGJMP) trap ??= error;
      throw error;
    }
  };
}

async function start(dataDir) {
  const started = await PGlite.create({ dataDir, parsers });
  // Parameters arrive in PostgreSQL's text form already.
  for (const type of Object.keys(started.serializers)) started.serializers[type] = text;
  watchForTraps(started);
  await started.exec("set timezone = 'UTC'; set datestyle = 'ISO, YMD'; set client_min_messages = 'warning'");
  return started;
}

async function run() {
  if (running) return;
  running = true;
  for (let question = next(); question !== undefined; question = next()) {
    clearTimeout(idle);
    idle = undefined;
    parentPort.postMessage(await answer(question));
  }
  running = false;
  // A transaction that nobody goes on with keeps everybody waiting: PostgreSQL's idle_in_transaction_session_timeout.
  // Who comes meanwhile, and waits, begins no new time.
  if (lease !== null) idle ??= setTimeout(expire, idleTransactionMs);
}

function expire() {
  idle = undefined;
  waiting.unshift({ id: -1, kind: 'expire', schema: '', lease });
  void run();
}

/** The oldest question that may run now: while a transaction is open, only its own. */
function next() {
  const index = waiting.findIndex((question) => lease === null || question.lease === lease || question.kind === 'stop');
  return index < 0 ? undefined : waiting.splice(index, 1)[0];
}

/** @param {Question} question */
async function answer(question) {
  const reply = await perform(question).catch(faultOf);
  // Thrown here, it ends the thread: nothing that this instance says can be trusted any more.
  if (trap !== null) throw trap;
  return { id: question.id, ...reply };
}

function faultOf(error) {
  const { code, message, schema, table, column, constraint, dataType, where } = error;
  // Without a SQLSTATE it is not PostgreSQL that speaks.
  if (code === undefined) throw error;
  return { fault: { code, message, schema, table, column, constraint, dataType, where } };
}

/** @param {Question} question */
async function perform(question) {
  const { id, kind, schema, sql, parameters } = question;
  if (question.lease !== undefined && question.lease !== lease)
    throw {
      code: '25P03',
      message: `the transaction has ended; one that asks nothing for ${idleTransactionMs} ms is rolled back`,
    };
  switch (kind) {
    case 'query':
      return await query(schema, sql, parameters);
    case 'begin':
      await use(schema);
      await database.exec('begin');
      lease = id;
      return {};
    case 'commit':
      return await end('commit');
    case 'rollback':
    case 'expire':
      return await end('rollback');
    case 'stop':
      await database.close();
      // Ends this thread alone.
      return process.exit(0);
  }
}

async function query(schema, sql, parameters) {
  await use(schema);
  const { rows, affectedRows } = await database.query(sql, parameters);
  return { rows, affected: affectedRows ?? 0 };
}

async function end(command) {
  try {
    const [result] = await database.exec(command);
    // PostgreSQL answers a commit of a failed transaction with a rollback, and calls that a success.
    return { committed: result.command === 'COMMIT' };
  } finally {
    lease = null;
  }
}

/** Makes unqualified names resolve in the schema of the question. */
async function use(schema) {
  if (schema === searchPath) return;
  await database.exec(`set search_path = "${schema.replaceAll('"', '""')}", public`);
  searchPath = schema;
}
