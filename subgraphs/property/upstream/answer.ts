import type { z } from 'zod';
import { distinct, sayTheSame } from '../../kit/inquiry/distinct.ts';
import type { Inquiry } from '../../kit/inquiry/inquiry.ts';
import { garbled, type Settled } from '../../kit/inquiry/outcome.ts';
import { readShare } from './share.ts';
import { readTold } from './told.ts';
import {
  type MortgageRecord,
  type RightKind,
  rightKinds,
  type SeizureKind,
  type SeizureRecord,
  type UnitRecord,
} from './unit-record.ts';
import type { holderSchema, mortgageSchema, PropertyAnswer, seizureSchema } from './wire.ts';

/**
 * Reads the registry's answer to one request and joins the nine lists by unit. Garbled: what
 * cannot be read (`readTold`), a unit in which the debtor holds nothing or two different shares, a mortgage or seizure on a
 * unit that no list of rights names, or "nothing" with rows.
 */
export function readPropertyAnswer(elements: readonly unknown[], inquiry: Inquiry): Settled<UnitRecord> {
  const answer = readTold(elements);
  if (answer === null) return garbled;

  const rights = rightsOf(answer);
  const units = new Map<string, UnitRecord>();
  for (const right of rights) {
    const own = right.holders.find((holder) => isSubject(holder, inquiry));
    const share = own === undefined ? undefined : readShare(own.QLBL, own.GYFS);
    if (own === undefined || share === undefined) return garbled;
    // The first list that names a unit describes it; later ones add the kind of right.
    const known = units.get(right.unitNumber);
    if (known?.rights.includes(right.kind) && !sayTheSame(known.share, share)) return garbled;
    units.set(
      right.unitNumber,
      known === undefined
        ? {
            ...right.described,
            unitNumber: right.unitNumber,
            rights: [right.kind],
            share,
            coOwnership: own.GYFS,
            coOwners: distinct(right.holders)
              .filter((holder) => !isSubject(holder, inquiry))
              .map(({ QLRMC, QLBL, GYFS }) => ({ name: QLRMC, share: readShare(QLBL, GYFS) ?? null })),
            mortgages: distinct(answer.DYAQ)
              .filter(({ BDCDYH }) => BDCDYH === right.unitNumber)
              .map(toMortgage),
            seizures: distinct(answer.CFDJ)
              .filter(({ BDCDYH }) => BDCDYH === right.unitNumber)
              .map(toSeizure)
              .sort((a, b) => a.queuePosition - b.queuePosition),
          }
        : { ...known, rights: [...new Set([...known.rights, right.kind])] },
    );
  }

  const stray = [...answer.DYAQ, ...answer.CFDJ].some(({ BDCDYH }) => !units.has(BDCDYH));
  if (stray || (answer.RESULT === '0001') !== (units.size === 0)) return garbled;
  return { kind: 'ANSWERED', answeredAt: answer.FKSJ, records: [...units.values()] };
}

type Holder = z.infer<typeof holderSchema>;

interface Right {
  readonly kind: RightKind;
  readonly unitNumber: string;
  readonly holders: readonly Holder[];
  readonly described: Pick<UnitRecord, 'location' | 'area' | 'plannedUse' | 'certificateNumber'>;
}

function rightsOf({ FDCQ, TDSYQ, JSYDSYQ, HYSYQ, GJZWSYQ, LQ, YG }: PropertyAnswer): readonly Right[] {
  const houses = FDCQ.map((row): Right => ({
    kind: 'HOUSE_OWNERSHIP',
    unitNumber: row.BDCDYH,
    holders: row.QLRXX,
    described: { location: row.FDZL, area: row.JZMJ ?? null, plannedUse: row.GHYT, certificateNumber: row.BDCQZH },
  }));
  const others = [TDSYQ, JSYDSYQ, HYSYQ, GJZWSYQ, LQ, YG].flatMap((list, index) =>
    list.map((row): Right => ({
      kind: rightKinds[index + 1]!,
      unitNumber: row.BDCDYH,
      holders: row.QLRXX,
      described: { location: row.ZL, area: row.MJ ?? null, plannedUse: row.YT, certificateNumber: row.BDCQZH },
    })),
  );
  return [...houses, ...others];
}

/** By number, in either form; an old file may hold a name alone. */
function isSubject({ ZJH, QLRMC }: Holder, { identity, name }: Inquiry): boolean {
  if (ZJH === null) return QLRMC !== null && QLRMC === name;
  const number = ZJH.toUpperCase().replaceAll('-', '');
  return number === identity.number || number === identity.number15;
}

function toMortgage(row: z.infer<typeof mortgageSchema>): MortgageRecord {
  return {
    mortgagor: row.DYR,
    mortgagee: row.DYQR,
    mode: row.DYFS,
    securedAmount: row.BDBZQSE,
    from: row.ZWLXQSSJ,
    until: row.ZWLXJSSJ,
    certificateNumber: row.BDCDJZMH,
  };
}

const seizureKinds = {
  查封: 'SEAL',
  轮候查封: 'WAITLIST',
  预查封: 'ADVANCE',
  续封: 'CONTINUED',
} as const satisfies Record<z.infer<typeof seizureSchema>['CFLX'], SeizureKind>;

function toSeizure(row: z.infer<typeof seizureSchema>): SeizureRecord {
  return {
    authority: row.CFJG,
    kind: seizureKinds[row.CFLX],
    documentNumber: row.CFWH,
    from: row.CFQSSJ,
    until: row.CFJSSJ,
    queuePosition: row.LHXH,
  };
}
