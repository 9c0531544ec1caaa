import { z } from 'zod';
import {
  countColumn,
  dateColumn,
  instantColumn,
  listColumn,
  moneyColumn,
  textColumn,
} from '../../kit/inquiry/columns.ts';
import { garbled, type Settled } from '../../kit/inquiry/outcome.ts';
import type { AccountRecord } from './account-record.ts';

/** What banks write into the account-number column when they know nobody: 查无开户信息 (F20). */
const nothing = /^查无/;

const header = { YHMC: textColumn, CCXH: countColumn, FKSJ: instantColumn };
const noAccountSchema = z.object({ ...header, KHZH: z.string().regex(nothing) });
const accountSchema = z.object({
  ...header,
  KHWD: textColumn,
  // An account number and nothing else: no other sentence in this column may pass for one.
  KHZH: z.string().regex(/^[0-9A-Za-z-]{4,40}$/),
  ZHZT: textColumn,
  KHRQ: dateColumn,
  BZ: textColumn,
  YE: moneyColumn,
  KYYE: moneyColumn,
  DJXX: listColumn(
    z.object({ XH: countColumn, DJJZRQ: dateColumn, DJJG: textColumn, DJWH: textColumn, DJJE: moneyColumn }),
  ),
});
const elementSchema = z.object({ WCZT: z.enum(['0', '1']), ZHXX: z.array(z.unknown()) });

/**
 * Reads what the banks have answered to one request: null while banks are missing, garbled when a row cannot be read or
 * one serial (CCXH) stands for two different rows. A row that arrived twice counts once.
 */
export function readBankAnswer(elements: readonly unknown[]): Settled<AccountRecord> | null {
  const rows = new Map<number, Row>();
  let complete = false;
  for (const element of elements) {
    const parsed = elementSchema.safeParse(element);
    if (!parsed.success) return garbled;
    if (parsed.data.WCZT === '0') continue;
    complete = true;
    for (const raw of parsed.data.ZHXX) {
      const row = readRow(raw);
      if (row === null) return garbled;
      const known = rows.get(row.serial);
      if (known !== undefined && JSON.stringify(known) !== JSON.stringify(row)) return garbled;
      rows.set(row.serial, row);
    }
  }
  if (!complete) return null;
  const answered = [...rows.values()].sort((a, b) => a.serial - b.serial);
  // A bank that knows nobody says so in a row; no row at all is no answer.
  if (answered.length === 0) return garbled;
  return {
    kind: 'ANSWERED',
    answeredAt: new Date(Math.max(...answered.map(({ answeredAt }) => answeredAt.getTime()))),
    records: answered.flatMap(({ account }) => account ?? []),
  };
}

interface Row {
  readonly serial: number;
  readonly answeredAt: Date;
  readonly account: AccountRecord | null;
}

function readRow(raw: unknown): Row | null {
  const none = noAccountSchema.safeParse(raw);
  if (none.success) return { serial: none.data.CCXH, answeredAt: none.data.FKSJ, account: null };
  const { data } = accountSchema.safeParse(raw);
  if (data === undefined) return null;
  const account: AccountRecord = {
    bankName: data.YHMC,
    branch: data.KHWD,
    number: data.KHZH,
    currency: data.BZ,
    balance: data.YE,
    available: data.KYYE,
    accountStatus: data.ZHZT,
    openedOn: data.KHRQ,
    priorFreezes: data.DJXX.map(({ XH, DJJG, DJWH, DJJE, DJJZRQ }) => ({
      sequence: XH,
      authority: DJJG,
      documentNumber: DJWH,
      amount: DJJE,
      until: DJJZRQ,
    })).sort((a, b) => a.sequence - b.sequence),
  };
  return { serial: data.CCXH, answeredAt: data.FKSJ, account };
}
