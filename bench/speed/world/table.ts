/** The rows that every scenario answers from: one table, the same for the same seed and shape, made without the product's code. */

/** What a court knows of a party, in the words of the contract. */
export interface PartyRow {
  readonly caseNumber: string;
  readonly id: string;
  readonly role: 'APPLICANT' | 'DEBTOR';
  readonly kind: 'NATURAL_PERSON';
  readonly name: string;
  readonly idType: 'RESIDENT_ID';
  readonly idNumber: string;
  readonly province: string;
  readonly writ: Readonly<Record<string, unknown>> | null;
  readonly subject: { readonly name: string; readonly idType: string; readonly idNumber: string };
}

export interface CaseRow {
  readonly court: string;
  /** As it is shown, and as the order by number has it. */
  readonly number: string;
  readonly key: string;
  readonly stage: string;
  readonly filedOn: string;
  readonly amountDue: string;
  readonly amountRecovered: string;
  readonly amountOutstanding: string;
  readonly parties: readonly PartyRow[];
}

/** What an agency answers about somebody, without the key. */
export type Inquiry = Readonly<Record<string, unknown>>;

export interface Table {
  readonly courts: readonly string[];
  /** Of each court, the case filed last first. */
  readonly casesOf: ReadonlyMap<string, readonly CaseRow[]>;
  /** By agency, then by identity number. */
  readonly inquiries: Readonly<Record<Agency, ReadonlyMap<string, Inquiry>>>;
}

export const agencies = ['bank', 'vehicle', 'property'] as const;

export type Agency = (typeof agencies)[number];

/** The field of Party that an agency gives. */
export const fieldOf: Readonly<Record<Agency, string>> = { bank: 'bank', vehicle: 'vehicle', property: 'realEstate' };

export interface TableShape {
  readonly courts: readonly string[];
  readonly casesPerCourt: number;
  /** Whose cases are all filed later than those of the others; null for rows that take turns. */
  readonly newestIn: string | null;
  /** How many debtors a case has; one or two without it. */
  readonly debtors?: number;
}

/** Makes the table; no two cases are filed on one day, so that every engine has the same order of rows. */
export function createTable({ courts, casesPerCourt, newestIn, debtors }: TableShape, seed = 5): Table {
  const random = createRandom(seed);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!;
  const inquiries = { bank: new Map<string, Inquiry>(), vehicle: new Map(), property: new Map() };
  const others = courts.filter((court) => court !== newestIn);
  let people = 0;

  const rankOf = (court: string, index: number): number => {
    if (court === newestIn) return index;
    const before = newestIn === null ? 0 : casesPerCourt;
    return before + index * others.length + others.indexOf(court);
  };
  const toParty = (caseNumber: string, court: string, ordinal: number, role: PartyRow['role']): PartyRow => {
    people += 1;
    const idNumber = toIdNumber(people);
    const name = pick(surnames) + pick(givenNames) + pick(givenNames);
    for (const agency of agencies) inquiries[agency].set(idNumber, toInquiry(agency, people, random));
    return {
      caseNumber,
      id: String(ordinal),
      role,
      kind: 'NATURAL_PERSON',
      name,
      idType: 'RESIDENT_ID',
      idNumber: `${idNumber.slice(0, 6)}★★★★★★★★${idNumber.slice(14)}`,
      province: '江苏省',
      writ: role === 'DEBTOR' ? toWrit(caseNumber, court) : null,
      subject: { name, idType: 'RESIDENT_ID', idNumber },
    };
  };
  const toCase = (court: string, index: number): CaseRow => {
    const serial = index + 1;
    const number = `（2017）${court}执${serial}号`;
    const due = 100_000 + Math.floor(random() * 900_000_000);
    const recovered = Math.floor(due * random());
    const count = debtors ?? 1 + Math.floor(random() * 2);
    return {
      court,
      number,
      key: `2017 ${court} 执 ${String(serial).padStart(8, '0')}`,
      stage: pick(stages),
      filedOn: dayBefore(rankOf(court, index)),
      amountDue: yuan(due),
      amountRecovered: yuan(recovered),
      amountOutstanding: yuan(due - recovered),
      parties: [
        toParty(number, court, 1, 'APPLICANT'),
        ...Array.from({ length: count }, (_, at) => toParty(number, court, at + 2, 'DEBTOR')),
      ],
    };
  };
  const casesOf = new Map(
    courts.map((court) => [court, Array.from({ length: casesPerCourt }, (_, index) => toCase(court, index))]),
  );
  return { courts, casesOf, inquiries };
}

/** A number of GB 11643 that is nobody's: there is no division 320399. */
function toIdNumber(person: number): string {
  const body = `320399${1950 + Math.floor(person / 1_000)}0101${String(person % 1_000).padStart(3, '0')}`;
  const sum = Array.from(body).reduce((total, digit, at) => total + Number(digit) * (2 ** (17 - at) % 11), 0);
  return body + '10X98765432'.charAt(sum % 11);
}

const surnames = ['李', '王', '张', '刘', '陈', '杨', '赵', '黄', '周', '吴'];
const givenNames = ['伟', '芳', '娜', '敏', '静', '丽', '强', '磊', '军', '洋'];
const stages = ['INVESTIGATING', 'TRIAGED', 'FAST', 'DISPOSING', 'ORDINARY'];

function toWrit(caseNumber: string, court: string): PartyRow['writ'] {
  return {
    number: `${caseNumber}协查1`,
    agencies: ['BANK', 'VEHICLE', 'REAL_ESTATE'],
    signedBy: '周法官',
    signedOn: '2018-01-02',
    validUntil: '2028-01-01',
    courtName: `${court}人民法院`,
    courtCode: court,
    handlerName: '吴法官',
    handlerPhone: '0516-00000000',
    workIdNumber: 'GZ-0001',
    dutyCertificateNumber: 'ZX-0001',
  };
}

function toInquiry(agency: Agency, person: number, random: () => number): Inquiry {
  const records = Array.from({ length: Math.floor(random() * 4) }, (_, at) => toRecord(agency, person, at, random));
  return {
    status: records.length > 0 ? 'FOUND' : 'NONE',
    reason: null,
    requestNumber: `${agency}-${person}`,
    answeredAt: '2018-01-04T08:30:00.000+08:00',
    expectedBy: null,
    [recordsOf[agency]]: records,
  };
}

const recordsOf: Readonly<Record<Agency, string>> = { bank: 'accounts', vehicle: 'vehicles', property: 'units' };

function toRecord(agency: Agency, person: number, at: number, random: () => number): Readonly<Record<string, unknown>> {
  const amount = yuan(Math.floor(random() * 90_000_000));
  const tail = String((person * 7 + at) % 10_000).padStart(4, '0');
  if (agency === 'bank') {
    return { bankName: '徐州农村商业银行', number: `★★★★★★★★★★★★${tail}`, currency: 'CNY', balance: amount };
  }
  if (agency === 'vehicle') {
    return { plateNumber: `★★★★${tail.slice(1)}`, brand: '大众', model: '帕萨特 1.8T', estimatedValue: null };
  }
  return { location: `徐州市云龙区和平路${tail}号`, area: 60 + (person % 90), share: '1/1', estimatedValue: amount };
}

function yuan(fen: number): string {
  return `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;
}

function dayBefore(days: number): string {
  return new Date(Date.UTC(2017, 11, 31) - days * 86_400_000).toISOString().slice(0, 10);
}

/** Mulberry32: small, and the same on every machine. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
