import { sayTheSame } from '../../kit/inquiry/distinct.ts';
import { garbled, type Settled } from '../../kit/inquiry/outcome.ts';
import type { BankRecord, BankStatus } from './bank-record.ts';
import { readBankRow, type BankRow } from './row.ts';
import { elementSchema, type BankElement } from './wire.ts';

/** What the banks have said about one request up to now. */
export interface BankAnswer {
  /** Whether no bank is waited for any more. */
  readonly complete: boolean;
  /** One for each bank that was asked. */
  readonly banks: readonly BankRecord[];
  readonly answeredAt: Date | null;
}

/**
 * Reads what has arrived about one request; garbled when it cannot be told what is whose. A row that arrived twice counts
 * once. Rows of a bank that cannot be read, contradict each other or are fewer than the bank sent make that bank a gap,
 * and nobody else.
 */
export function readBankAnswer(elements: readonly unknown[]): BankAnswer | null {
  const parsed: BankElement[] = [];
  for (const element of elements) {
    const { data } = elementSchema.safeParse(element);
    if (data === undefined) return null;
    parsed.push(data);
  }
  const standings = readStandings(parsed);
  const read = readRows(parsed.flatMap(({ ZHXX }) => ZHXX));
  if (standings === null || read === null) return null;
  const complete = parsed.some(({ WCZT }) => WCZT === '1');
  const names = [...new Set<string | null>([...standings.keys(), ...read.rows.map(({ bankName }) => bankName)])];
  const banks = [...new Set([...names, ...read.broken])].map((bankName) => {
    const rows = read.rows.filter((row) => row.bankName === bankName);
    return toRecord(bankName, rows, bankName === null ? undefined : standings.get(bankName), read.broken.has(bankName));
  });
  const counted = Math.max(0, ...parsed.flatMap(({ YHS, YFKYHS }) => [YHS ?? 0, YFKYHS ?? 0]));
  const missing = Math.max(
    counted - banks.length,
    complete && standings.size === 0 && read.broken.size === 0 && hasHoles(read.rows) ? 1 : 0,
  );
  const times = read.rows.map(({ answeredAt }) => answeredAt.getTime());
  return {
    complete,
    banks: [...banks, ...Array.from({ length: missing }, () => unnamed(complete))],
    answeredAt: times.length === 0 ? null : new Date(Math.max(...times)),
  };
}

/** What a complete answer settles: records as soon as one bank has said something that can be read. */
export function settleBanks({ banks, answeredAt }: BankAnswer): Settled<BankRecord> {
  if (answeredAt === null || banks.every(({ status }) => status === 'UNREACHABLE')) {
    // A bank that knows nobody says so in a row; no row at all is no answer.
    const absent = banks.length > 0 && banks.every(({ reason }) => reason === 'NOT_ON_LINE');
    return absent ? { kind: 'FAILED', status: 'UNREACHABLE', reason: 'NOT_ON_LINE', lasting: false } : garbled;
  }
  return { kind: 'ANSWERED', answeredAt, records: banks };
}

type Standing = BankElement['YHQK'][number];

/** By bank, the furthest of what is told; null when it goes apart. */
function readStandings(elements: readonly BankElement[]): ReadonlyMap<string, Standing> | null {
  const standings = new Map<string, Standing>();
  for (const told of elements.flatMap(({ YHQK }) => YHQK)) {
    const known = standings.get(told.YHMC);
    if (known !== undefined && known.FKZT !== '0' && told.FKZT !== '0' && !sayTheSame(known, told)) return null;
    if (known === undefined || known.FKZT === '0') standings.set(told.YHMC, told);
  }
  return standings;
}

/** Rows by serial, and the banks of which something cannot be read; null when it cannot be told whose that is. */
function readRows(raws: readonly unknown[]): { rows: readonly BankRow[]; broken: ReadonlySet<string | null> } | null {
  const bySerial = new Map<number, BankRow>();
  const broken = new Set<string | null>();
  for (const raw of raws) {
    const row = readBankRow(raw);
    if ('unreadable' in row) {
      if (row.bankName === null) return null;
      broken.add(row.bankName);
      continue;
    }
    const known = bySerial.get(row.serial);
    if (known === undefined) bySerial.set(row.serial, row);
    else if (!sayTheSame(known, row)) broken.add(known.bankName).add(row.bankName);
  }
  return { rows: [...bySerial.values()].sort((a, b) => a.serial - b.serial), broken };
}

function toRecord(
  bankName: string | null,
  rows: readonly BankRow[],
  standing: Standing | undefined,
  broken: boolean,
): BankRecord {
  const accounts = rows.flatMap(({ account }) => account ?? []);
  const saysNone = rows.some(({ account }) => account === null);
  const answeredAt = rows.length === 0 ? null : new Date(Math.max(...rows.map((row) => row.answeredAt.getTime())));
  const record = (status: BankStatus, reason: string | null = null): BankRecord => ({
    bankName,
    status,
    reason,
    answeredAt: answeredAt?.toISOString() ?? null,
    accounts: status === 'UNREACHABLE' ? [] : accounts,
  });
  if (broken || (saysNone && accounts.length > 0)) return record('UNREACHABLE', 'GARBLED');
  const sent = standing?.FKZT === '1' ? (standing.TS ?? rows.length) : rows.length;
  if (rows.length > sent) return record('UNREACHABLE', 'GARBLED');
  if (rows.length < sent) return record(accounts.length > 0 ? 'DEGRADED' : 'UNREACHABLE', 'ROWS_LOST');
  if (standing?.FKZT === '2') return record('UNREACHABLE', 'NOT_ON_LINE');
  if (standing?.FKZT === '0') return record('PENDING');
  if (rows.length === 0) return record('UNREACHABLE', 'ROWS_LOST');
  return record(accounts.length > 0 ? 'FOUND' : 'NONE');
}

/** The accounts of a request are numbered 1..n (F20): a number that is left out was lost. */
function hasHoles(rows: readonly BankRow[]): boolean {
  return rows.some(({ serial }) => serial > rows.length);
}

function unnamed(complete: boolean): BankRecord {
  return {
    bankName: null,
    status: complete ? 'UNREACHABLE' : 'PENDING',
    reason: complete ? 'ROWS_LOST' : null,
    answeredAt: null,
    accounts: [],
  };
}
