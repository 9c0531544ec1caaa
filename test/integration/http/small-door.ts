import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { ApolloServer } from '@apollo/server';
import { openDoor } from '../../../gateway/http/door.ts';
import type { Door, DoorOptions } from '../../../gateway/http/door.ts';
import { anybody } from '../../support/viewers.ts';

/** What an operation of the small server may use: `arrived` is called by the field `held`, which waits for `release`. */
export interface SmallContext {
  readonly signal: AbortSignal;
}

/** A promise with its ends outside. */
export interface Latch<T> {
  readonly promise: Promise<T>;
  open(value: T): void;
}

export function latch<T>(): Latch<T> {
  let open!: (value: T) => void;
  const promise = new Promise<T>((resolve) => (open = resolve));
  return { promise, open };
}

/** A door before a small Apollo Server; its field `held` tells its signal to `arrived` and answers after `release`. */
export async function openSmallDoor(options: Partial<DoorOptions<SmallContext>> = {}) {
  const arrived = latch<AbortSignal>();
  const release = latch<string>();
  let executed = 0;
  const apollo = new ApolloServer<SmallContext>({
    typeDefs: `
      type Query { greeting: String! echo(text: String!): String! long(length: Int!): String! held: String! }
      type Mutation { change: String! }
    `,
    resolvers: {
      Query: {
        greeting: () => 'hello',
        echo: (_: unknown, { text }: { text: string }) => text,
        long: (_: unknown, { length }: { length: number }) => '长'.repeat(length),
        held: (_: unknown, __: unknown, { signal }: SmallContext) => {
          arrived.open(signal);
          return release.promise;
        },
      },
      Mutation: { change: () => 'changed' },
    },
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    plugins: [
      {
        requestDidStart: () => {
          executed += 1;
          return Promise.resolve();
        },
      },
    ],
  });
  await apollo.start();
  const door = await openDoor<SmallContext>({
    authenticate: anybody,
    enter: (signal) => ({ apollo, context: { signal }, leave: () => undefined }),
    status: () => ({ schemaLoaded: true, courts: [], hubs: [], agencies: [], subgraphs: [] }),
    host: '127.0.0.1',
    port: 0,
    ...options,
  });
  return {
    door,
    arrived: arrived.promise,
    release: () => release.open('released'),
    executed: () => executed,
    async [Symbol.asyncDispose]() {
      release.open('released');
      await door.stop(0);
      await apollo.stop();
    },
  };
}

/** Posts a body as JSON to the door; headers given here take the place of the usual ones. */
export function post(
  door: Door,
  body: NonNullable<RequestInit['body']>,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(`${door.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
}

/** An answer of the door as a client reads it. */
export async function toAnswer(response: Response): Promise<WireAnswer> {
  return (await response.json()) as WireAnswer;
}

export interface WireAnswer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
}

/** A raw connection to the door, with all that came back when the other side closed it. */
export interface RawConnection {
  readonly socket: Socket;
  readonly closed: Promise<string>;
  /** Everything received so far, once it satisfies the condition. */
  until(condition: (received: string) => boolean): Promise<string>;
}

export async function dial(door: Door): Promise<RawConnection> {
  const socket = connect(Number(new URL(door.url).port), '127.0.0.1');
  const chunks: Buffer[] = [];
  const text = (): string => Buffer.concat(chunks).toString('utf8');
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  // A reset ends a connection too; what had been received is what is judged.
  const closed = new Promise<string>((resolve) => {
    socket.on('error', () => socket.destroy());
    socket.once('close', () => resolve(text()));
  });
  await once(socket, 'connect');
  return {
    socket,
    closed,
    until: async (condition) => {
      while (!condition(text())) await once(socket, 'data');
      return text();
    },
  };
}

/** An HTTP/1.1 request as bytes, for a raw connection. */
export function rawPost(body: string, headers: Record<string, string> = {}): string {
  const all = {
    host: '127.0.0.1',
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return ['POST /graphql HTTP/1.1', ...lines, '', body].join('\r\n');
}
