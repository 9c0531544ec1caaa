import { z } from 'zod';
import { distinct } from '../../kit/inquiry/distinct.ts';
import { hidesColumn } from '../../kit/inquiry/names.ts';
import type { AccountRecord } from './account-record.ts';
import { accountColumns, accountSchema, noAccountSchema } from './wire.ts';

/** One row as it is told: whose it is, under which serial, and the account, if there is one. */
export interface BankRow {
  readonly bankName: string | null;
  readonly serial: number;
  readonly answeredAt: Date;
  readonly account: AccountRecord | null;
}

/** A row that cannot be read; the bank is known where at least its name can. */
export interface UnreadableRow {
  readonly unreadable: true;
  readonly bankName: string | null;
}

const named = z.object({ YHMC: z.string().min(1) });

/** Reads one row of an answer. */
export function readBankRow(raw: unknown): BankRow | UnreadableRow {
  const none = noAccountSchema.safeParse(raw);
  if (none.success) {
    const { YHMC, CCXH, FKSJ } = none.data;
    return { bankName: YHMC, serial: CCXH, answeredAt: FKSJ, account: null };
  }
  const { data } = accountSchema.safeParse(raw);
  if (data === undefined || hidesColumn(Object(raw) as object, accountColumns)) return unreadable(raw);
  const freezes = distinct(data.DJXX);
  if (new Set(freezes.map(({ XH }) => XH)).size < freezes.length) return unreadable(raw);
  const account: AccountRecord = {
    bankName: data.YHMC,
    branch: data.KHWD,
    number: data.KHZH,
    currency: data.BZ === null ? null : (currencies[data.BZ] ?? data.BZ),
    balance: data.YE,
    available: data.KYYE,
    accountStatus: data.ZHZT,
    openedOn: data.KHRQ,
    priorFreezes: freezes
      .map(({ XH, DJJG, DJWH, DJJE, DJJZRQ }) => ({
        sequence: XH,
        authority: DJJG,
        documentNumber: DJWH,
        amount: DJJE,
        until: DJJZRQ,
      }))
      .sort((a, b) => a.sequence - b.sequence),
  };
  return { bankName: data.YHMC, serial: data.CCXH, answeredAt: data.FKSJ, account };
}

function unreadable(raw: unknown): UnreadableRow {
  return { unreadable: true, bankName: named.safeParse(raw).data?.YHMC.trim() ?? null };
}

/** Some banks write the number of ISO 4217, or the name, in place of its letters. */
const currencies: Readonly<Record<string, string>> = {
  '156': 'CNY',
  RMB: 'CNY',
  人民币: 'CNY',
  '840': 'USD',
  美元: 'USD',
  '344': 'HKD',
  港币: 'HKD',
  '978': 'EUR',
  欧元: 'EUR',
};
