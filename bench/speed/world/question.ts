/** The question that is asked of every engine, and what is true of it by the table. */

import { fieldOf, agencies, type CaseRow, type PartyRow, type Table } from './table.ts';

/** The variable of the environment that says how many rows a page has, for everybody who takes part. */
export const rowsVariable = 'NONET_BENCH_ROWS';

/** How many rows a page has. */
export const pageSize = wholeNumber(process.env[rowsVariable] ?? '50');

/** What is asked of each case, in the words of the contract. */
const caseFields = `
  number stage filedOn amountDue amountRecovered amountOutstanding
  debtors {
    name role
    writ { number validUntil }
    bank { status accounts { bankName number balance } }
    vehicle { status vehicles { plateNumber model estimatedValue } }
    realEstate { status units { location area estimatedValue } }
  }`;

const pageFields = `totalCount pageInfo { hasNextPage } edges { node { ${caseFields} } }`;

/** One page of one global order. */
export const pageQuestion = `query Page { cases(first: ${pageSize}, orderBy: FILED_ON_DESC) { ${pageFields} } }`;

/** So many rows of each court, side by side: what is left to gateways that cannot merge courts. */
export function sideBySideQuestion(courts: number, rows: number): string {
  const fields = Array.from(
    { length: courts },
    (_, index) => `${prefixedField(index)}(first: ${rows}, orderBy: FILED_ON_DESC) { ${pageFields} }`,
  );
  return `query SideBySide { ${fields.join('\n')} }`;
}

/** The root field by which a court is told from the others. */
export function prefixedField(index: number): string {
  return `court${index + 1}Cases`;
}

/** The answer to `pageQuestion`. */
export function toPageAnswer(table: Table): unknown {
  return { data: { cases: toPage(table, table.courts, pageSize) } };
}

/** The answer to `sideBySideQuestion`. */
export function toSideBySideAnswer(table: Table, rows: number): unknown {
  const pages = table.courts.map((court, index) => [prefixedField(index), toPage(table, [court], rows)]);
  return { data: Object.fromEntries(pages) as unknown };
}

function toPage(table: Table, courts: readonly string[], rows: number): unknown {
  const all = courts.flatMap((court) => table.casesOf.get(court)!);
  const sorted = all.sort((one, other) => (one.filedOn < other.filedOn ? 1 : -1));
  return {
    totalCount: all.length,
    pageInfo: { hasNextPage: all.length > rows },
    edges: sorted.slice(0, rows).map((row) => ({ node: toCase(table, row) })),
  };
}

function toCase(table: Table, row: CaseRow): unknown {
  const { number, stage, filedOn, amountDue, amountRecovered, amountOutstanding, parties } = row;
  const debtors = parties.filter(({ role }) => role === 'DEBTOR').map((party) => toDebtor(table, party));
  return { number, stage, filedOn, amountDue, amountRecovered, amountOutstanding, debtors };
}

function toDebtor({ inquiries }: Table, { name, role, writ, subject }: PartyRow): unknown {
  const known = agencies.map((agency) => [fieldOf[agency], shown(inquiries[agency].get(subject.idNumber)!)]);
  return {
    name,
    role,
    writ: writ && { number: writ['number'], validUntil: writ['validUntil'] },
    ...(Object.fromEntries(known) as object),
  };
}

const shownFields: Readonly<Record<string, readonly string[]>> = {
  accounts: ['bankName', 'number', 'balance'],
  vehicles: ['plateNumber', 'model', 'estimatedValue'],
  units: ['location', 'area', 'estimatedValue'],
};

function shown(inquiry: Readonly<Record<string, unknown>>): unknown {
  const lists = Object.entries(inquiry).filter(([name]) => name in shownFields);
  const told = lists.map(([name, records]) => [
    name,
    (records as Readonly<Record<string, unknown>>[]).map((record) =>
      Object.fromEntries(shownFields[name]!.map((field) => [field, record[field]])),
    ),
  ]);
  return { status: inquiry['status'], ...(Object.fromEntries(told) as object) };
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d?$/.test(text))
    throw new Error(`${rowsVariable} is "${text}"; it has to be a whole number from 1 to 99.`);
  return Number(text);
}
