/**
 * What a program can do that was written for this one question: `by-hand.ts SETTING full|adaptive`. No schema, no plan, no
 * checks, no coverage; each court is asked once for whole rows (and again when its rows run dry), each agency once.
 */

import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Pool } from 'undici';

import { requestIdHeader } from '../../../common/request-id.ts';
import { pageSize } from '../world/question.ts';
import { agencies, fieldOf, type Agency } from '../world/table.ts';

interface Debtor {
  readonly name: string;
  readonly role: string;
  readonly writ: { readonly number: string; readonly validUntil: string } | null;
  readonly subject: unknown;
  readonly caseNumber: string;
  readonly id: string;
}
interface Edge {
  readonly cursor: string;
  readonly node: { readonly filedOn: string; readonly debtors: readonly Debtor[] };
}
interface Page {
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean };
  readonly edges: readonly Edge[];
}

const [settingFile, kind] = process.argv.slice(2);
const { courts, addresses } = JSON.parse(readFileSync(settingFile!, 'utf8')) as {
  courts: string[];
  addresses: Record<string, string>;
};

const writFields =
  'number agencies signedBy signedOn validUntil courtName courtCode handlerName handlerPhone workIdNumber dutyCertificateNumber';
const courtQuery = `query($first: Int, $after: String) { cases(first: $first, after: $after, orderBy: FILED_ON_DESC) {
  totalCount pageInfo { hasNextPage } edges { cursor node {
    number stage filedOn amountDue amountRecovered amountOutstanding
    debtors { caseNumber id name role writ { ${writFields} } subject { name idType idNumber } } } } } }`;
const agencyFields: Readonly<Record<Agency, string>> = {
  bank: 'bank { status accounts { bankName number balance } }',
  vehicle: 'vehicle { status vehicles { plateNumber model estimatedValue } }',
  property: 'realEstate { status units { location area estimatedValue } }',
};

const share = pageSize / courts.length;
const firstAsked = kind === 'full' ? pageSize : Math.min(pageSize, Math.ceil(share) + Math.ceil(3 * Math.sqrt(share)));

const pools = new Map(
  Object.entries(addresses).map(([name, address]) => [name, new Pool(new URL(address).origin, { connections: 32 })]),
);

/** Asks in the name of a request, so that what is held of it can be told. */
async function ask(id: string, name: string, query: string, variables: unknown): Promise<Record<string, unknown>> {
  const { body } = await pools.get(name)!.request({
    method: 'POST',
    path: '/graphql',
    headers: { 'content-type': 'application/json', [requestIdHeader]: id },
    body: JSON.stringify({ query, variables }),
  });
  return ((await body.json()) as { data: Record<string, unknown> }).data;
}

async function askCourt(id: string, court: string, first: number, after: string | null): Promise<Page> {
  return (await ask(id, court, courtQuery, { first, after }))['cases'] as Page;
}

/** The order of this question; no two cases are filed on one day. */
const filedOn = ({ node }: Edge) => node.filedOn;

async function mergedPage(id: string): Promise<Page> {
  const pages = await Promise.all(courts.map((court) => askCourt(id, court, firstAsked, null)));
  const sorted = () =>
    pages.flatMap(({ edges }) => edges).sort((one, other) => (filedOn(one) > filedOn(other) ? -1 : 1));
  for (;;) {
    const top = sorted().slice(0, pageSize);
    const last = top.length < pageSize ? null : filedOn(top.at(-1)!);
    // A court that has more rows than it gave, all of them on the page, may have more of the page.
    const dry = pages.flatMap(({ pageInfo, edges }, index) => {
      const end = edges.at(-1);
      return pageInfo.hasNextPage && end && (last === null || filedOn(end) > last) ? [index] : [];
    });
    if (dry.length === 0) {
      const total = pages.reduce((sum, { totalCount }) => sum + totalCount, 0);
      return { totalCount: total, pageInfo: { hasNextPage: total > top.length }, edges: top };
    }
    await Promise.all(
      dry.map(async (index) => {
        const { totalCount, edges } = pages[index]!;
        const more = await askCourt(id, courts[index]!, pageSize - edges.length, edges.at(-1)!.cursor);
        pages[index] = { totalCount, pageInfo: more.pageInfo, edges: [...edges, ...more.edges] };
      }),
    );
  }
}

async function answer(id: string): Promise<string> {
  const page = courts.length === 1 ? await askCourt(id, courts[0]!, pageSize, null) : await mergedPage(id);
  const debtors = page.edges.flatMap(({ node }) => node.debtors);
  const representations = debtors.map(({ caseNumber, id, writ, subject }) => ({
    __typename: 'Party',
    caseNumber,
    id,
    writ,
    subject,
  }));
  const known = await Promise.all(
    agencies.map(async (agency) => {
      const query = `query($representations: [_Any!]!) { _entities(representations: $representations) { ... on Party { ${agencyFields[agency]} } } }`;
      return (await ask(id, agency, query, { representations }))['_entities'] as Record<string, unknown>[];
    }),
  );
  let at = 0;
  const edges = page.edges.map(({ node }) => ({
    node: {
      ...node,
      debtors: node.debtors.map(({ name, role, writ }) => {
        const index = at++;
        const [bank, vehicle, property] = known.map((one) => one[index]!);
        return {
          name,
          role,
          writ: writ && { number: writ.number, validUntil: writ.validUntil },
          bank: bank![fieldOf.bank],
          vehicle: vehicle![fieldOf.vehicle],
          realEstate: property![fieldOf.property],
        };
      }),
    },
  }));
  return JSON.stringify({ data: { cases: { totalCount: page.totalCount, pageInfo: page.pageInfo, edges } } });
}

function drained(request: IncomingMessage): Promise<unknown> {
  return new Promise((resolve, reject) => {
    request.resume().once('end', resolve).once('error', reject);
  });
}

const server = createServer((request, response) => {
  drained(request)
    .then(() => answer(String(request.headers[requestIdHeader] ?? 'unnamed')))
    .then((text) => {
      const body = Buffer.from(text);
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body);
    })
    .catch((error: unknown) => response.writeHead(500).end(String(error)));
});
process.once('SIGTERM', () => process.exit(0));
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql\n`);
});
