import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ROOT_CONTEXT, SpanKind, trace } from '@opentelemetry/api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTraces, type Traces } from '../../../cli/operating/traces.ts';
import { inSpan } from '../../../gateway/operating/span.ts';
import { cityWide } from '../../support/city-answer.ts';
import { startOperatedCity, type OperatedCity } from './operated-city.ts';

const idNumber = '320312198001011232';
const traceId = '0af7651916cd43dd8448eb211c80319c';
const callerSpan = 'b7ad6b7169203331';

interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly attributes?: readonly { readonly key: string; readonly value: Readonly<Record<string, unknown>> }[];
}

/** An OTLP/HTTP receiver that keeps what it was sent. */
async function startReceiver() {
  const bodies: string[] = [];
  const paths: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      bodies.push(Buffer.concat(chunks).toString('utf8'));
      paths.push(request.url ?? '');
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bodies,
    paths,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

let receiver: Awaited<ReturnType<typeof startReceiver>>;
let traces: Traces;
let operated: OperatedCity;
const headersSeen: Readonly<Record<string, string>>[] = [];
beforeAll(async () => {
  receiver = await startReceiver();
  process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] = receiver.url;
  traces = await startTraces(['otlp'], { OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment=test%20city' }, 'gateway');
  operated = await startOperatedCity({
    between: (_, ask) => (question, signal, headers) => {
      headersSeen.push(headers ?? {});
      return ask(question, signal, headers);
    },
  });
});
afterAll(async () => {
  delete process.env['OTEL_EXPORTER_OTLP_ENDPOINT'];
  await operated[Symbol.asyncDispose]();
  await receiver.stop();
});

/** Work that throws before it waits for anything: its span ends, too, and who waits for it is told. */
async function failsAtOnce(): Promise<void> {
  const span = { name: 'fails at once', kind: SpanKind.INTERNAL, attributes: {}, parent: ROOT_CONTEXT };
  const failing = inSpan(span, () => {
    throw new Error('No.');
  });
  await expect(failing).rejects.toThrow('No.');
}

test('one city-wide request is one trace: the door, the plan, every call; nothing private is in its bytes', async () => {
  const response = await operated.post(
    JSON.stringify({
      query: cityWide.replace('query CityWide', `query Q${idNumber}`),
      variables: { filter: { stages: ['INVESTIGATING', 'TRIAGED', 'FAST', 'DISPOSING', 'ORDINARY'] } },
    }),
    {
      traceparent: `00-${traceId}-${callerSpan}-01`,
      tracestate: `who=${idNumber}`,
      baggage: `who=${idNumber}`,
      'x-request-id': 'walk-7',
    },
  );
  const answer = await response.text();
  await operated.ask(`{ cases(filter: { partyIdNumber: "${idNumber}" }) { totalCount } }`);
  await operated.ask(`{ nothing${idNumber} }`);
  await failsAtOnce();
  await traces.stop();

  const sent = receiver.bodies.join('\n');
  expect(new Set(receiver.paths)).toEqual(new Set(['/v1/traces']));
  const spans = receiver.bodies.flatMap((body) => {
    const { resourceSpans } = JSON.parse(body) as { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] };
    return resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans));
  });
  const own = spans.filter((span) => span.traceId === traceId);
  const door = own.find(({ name }) => name === 'POST /graphql')!;
  expect(door.parentSpanId).toBe(callerSpan);
  const known = new Set([...own.map(({ spanId }) => spanId), callerSpan]);
  for (const span of own) expect(known.has(span.parentSpanId ?? '')).toBe(true);
  expect(own.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['gateway.request', 'gateway.plan', 'gateway.fetch']),
  );

  const of = (span: Span, key: string) => span.attributes?.find((one) => one.key === key)?.value['stringValue'];
  const calls = own.filter(({ name }) => name.startsWith('ask '));
  const courts = operated.city.registry.courts.map(({ code }) => code);
  expect([...new Set(calls.map((span) => of(span, 'nonet.upstream')))].sort()).toEqual(
    [...courts, 'bank', 'vehicle', 'property'].sort(),
  );
  for (const span of calls) expect(of(span, 'nonet.outcome')).toBe('answered');
  expect(spans.filter(({ name }) => name === 'fails at once')).toHaveLength(1);
  expect(of(door, 'nonet.request')).toBe('walk-7');

  // Times are in nanoseconds, nineteen digits long.
  const told = sent.replaceAll(/"\w+UnixNano":"\d+"/g, '');
  expect(/\d{17}|graphql\.document|partyIdNumber|INVESTIGATING|cases\(/.exec(told)).toBeNull();
  for (const [, balance] of answer.matchAll(/"balance":"([^"]+)"/g)) expect(told.includes(`"${balance}"`)).toBe(false);
  for (const word of ['nonet-gateway', 'test city']) expect(told.includes(word), word).toBe(true);

  // Questions that go over a wire carry the request's id and the span of the call, and nothing else of the client's.
  const ids = new Set(calls.map(({ spanId }) => spanId));
  const ofRequest = headersSeen.filter((headers) => headers['x-request-id'] === 'walk-7');
  expect(ofRequest.length).toBeGreaterThan(courts.length);
  for (const headers of ofRequest) {
    expect(Object.keys(headers).sort()).toEqual(['nonet-viewer', 'traceparent', 'x-request-id']);
    const [version, trace, span, flags] = headers['traceparent']!.split('-');
    expect([version, trace, flags]).toEqual(['00', traceId, '01']);
    expect(ids.has(span!)).toBe(true);
  }
});

test('without an SDK the caller’s trace is handed on as it came', async () => {
  await failsAtOnce();
  headersSeen.length = 0;
  await operated.post('{"query":"{ cases(first: 1) { totalCount } }"}', {
    traceparent: `00-${traceId}-${callerSpan}-00`,
  });
  expect(headersSeen.map((headers) => headers['traceparent'])).toEqual(
    operated.city.registry.courts.map(() => `00-${traceId}-${callerSpan}-00`),
  );
  headersSeen.length = 0;
  await operated.post('{"query":"{ cases(first: 1) { totalCount } }"}', {
    traceparent: `00-${idNumber}cd43dd8448eb21-${callerSpan}-00`,
  });
  expect(headersSeen.every((headers) => headers['traceparent'] === undefined)).toBe(true);
});

test('a process that stops does not wait for a receiver that takes nothing', async () => {
  const silent = createServer(() => undefined);
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const stuck = await startTraces(['otlp'], {}, 'gateway');
  trace.getTracer('test').startSpan('never taken').end();
  await expect(stuck.stop()).rejects.toThrow('not taken');
  silent.closeAllConnections();
  silent.close();
});
