import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { inspect } from 'node:util';
import { afterEach, expect, it } from 'vitest';
import { createDatabaseHost } from '../../../subgraphs/kit/database/host.ts';
import { createPostgres } from '../../../subgraphs/kit/database/postgres.ts';
import { createTcpProxy } from '../../support/tcp-proxy.ts';
import { describeOnPostgres } from '../../support/describe-postgres.ts';
import { createTestDatabase, serverAddress, serverUrl } from '../../support/test-database.ts';

const password = 'Kept!From@Errors';

describeOnPostgres('a PostgreSQL that will not do', () => {
  it('that is too old is refused', async () => {
    // The server's own answer, `server_version_num` replaced on the way.
    const bend = (bytes: Buffer) => Buffer.from(bytes.toString('latin1').replace(/\b\d\d(?=\d{4}\b)/, '14'), 'latin1');
    await using proxy = await createTcpProxy(serverAddress, bend);
    await expect(createPostgres({ url: proxy.through(serverUrl) })).rejects.toMatchObject({
      code: 'DATABASE_UNSUITABLE',
      message: expect.stringMatching(/is version .*, and version 15 or newer is needed/) as string,
    });
  });

  it('that holds text in another encoding is refused', async () => {
    await using database = await createTestDatabase(`encoding 'SQL_ASCII' lc_collate 'C' lc_ctype 'C'`);
    await expect(createPostgres({ url: database.url })).rejects.toMatchObject({
      code: 'DATABASE_UNSUITABLE',
      message: expect.stringContaining('holds text in SQL_ASCII, and UTF8 is needed') as string,
    });
  });

  it('that has no such database or role says so, without the password', async () => {
    const url = new URL(serverUrl);
    url.password ||= password;
    url.pathname = '/no_such_database';
    await refused(url.href, '3D000', 'database "no_such_database" does not exist');
    url.username = 'nobody_here';
    await refused(url.href, /^28/, 'nobody_here');
  });
});

it('a wrong password is refused with the place and without the password', async () => {
  const url = await serve((socket) =>
    socket.end(errorResponse('FATAL', '28P01', 'password authentication failed for user "nonet"')),
  );
  await refused(url, '28P01', /PostgreSQL at nonet@127\.0\.0\.1:\d+\/court refuses: .*Check the user and the password/);
});

it('a password that the server wants and the url has not is asked for', async () => {
  const ask = (kind: number, text: string) =>
    Buffer.concat([Buffer.from('R'), int32(8 + Buffer.byteLength(text)), int32(kind), Buffer.from(text)]);
  // AuthenticationSASL and, once the driver chose, AuthenticationSASLContinue.
  const url = await serve((socket) => {
    socket.once('data', () => socket.write(ask(11, 'r=nonce,s=c2FsdA==,i=4096')));
    socket.write(ask(10, 'SCRAM-SHA-256\0\0'));
  });
  await refused(url.replace(/:[^:@]+@/, '@'), '28P01', 'wants a password, and the database url has none');
});

it('a server that is not there is named, without the password', async () => {
  const url = await serve(() => undefined);
  await stop();
  await refused(url, '08001', /nonet@127\.0\.0\.1:\d+\/court cannot be reached \(ECONNREFUSED\)/);
});

it('a server that never answers is given up in time', async () => {
  const url = await serve(() => undefined);
  await refused(url, '08001', 'cannot be reached (Connection terminated due to connection timeout)', 150);
});

it.each([
  ['', 'is no url'],
  [`postgres://nonet:p#${password}@host/court`, 'is no url'],
  [`mysql://nonet:${password}@host/court`, 'begins with mysql://'],
  [`postgres://nonet:${password}@host/court?options=-csearch_path%3Dpublic`, 'the parameter options'],
  [`postgres://nonet:${password}@host/court?sslrootcert=/no/such/file`, 'ENOENT /no/such/file'],
])('a database url that cannot be right is refused before anything is asked: %s', async (url, message) => {
  await refused(url, 'DATABASE_MISUSED', message);
});

let server: Server | undefined;
const sockets = new Set<Socket>();
afterEach(stop);

/** Answers whoever connects as a server would, and gives a url with a password to it. */
async function serve(answer: (socket: Socket) => void): Promise<string> {
  server = createServer((socket) => {
    sockets.add(socket);
    socket.once('data', () => answer(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return `postgres://nonet:${encodeURIComponent(password)}@127.0.0.1:${port}/court`;
}

async function stop(): Promise<void> {
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  if (server?.listening !== true) return;
  server.close();
  await once(server, 'close');
}

async function refused(
  databaseUrl: string,
  code: string | RegExp,
  message: string | RegExp,
  connectTimeoutMs?: number,
): Promise<void> {
  const attempt =
    connectTimeoutMs === undefined
      ? createDatabaseHost({ databaseUrl })
      : createPostgres({ url: databaseUrl, connectTimeoutMs });
  const error: unknown = await attempt.then(
    () => expect.fail('it was not refused'),
    (reason: unknown) => reason,
  );
  expect(error).toMatchObject({ name: 'DatabaseError' });
  expect((error as { code: string }).code).toMatch(code);
  expect((error as Error).message).toMatch(message);
  const told = inspect(error, { showHidden: true, depth: 10 });
  for (const secret of [...secretsOf(databaseUrl), password, 'Kept']) expect(told).not.toContain(secret);
}

/** The password of a url in both of its forms. */
function secretsOf(url: string): string[] {
  if (!URL.canParse(url)) return [];
  const written = new URL(url).password;
  return [written, decodeURIComponent(written)].filter((secret) => secret !== '');
}

/** https://www.postgresql.org/docs/15/protocol-error-fields.html */
function errorResponse(severity: string, code: string, message: string): Buffer {
  const fields = Buffer.from(`S${severity}\0V${severity}\0C${code}\0M${message}\0\0`);
  return Buffer.concat([Buffer.from('E'), int32(fields.length + 4), fields]);
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}
