/** The people and organisations of the city: the n-th is a pure function of the seed and n, so none is ever stored. */

import { toFifteen } from '../../common/resident-id.ts';
import type { IdType, PartyKind } from '../../common/vocabulary.ts';
import type { HomeOf } from './homes.ts';
import { businessNumber, creditCode, organisationBody, residentNumber } from './identity-number.ts';
import {
  committeeName,
  companyName,
  creditorName,
  institutionName,
  personNames,
  quarterCommitteeName,
} from './naming.ts';
import type { Numbering, Standing } from './numbering.ts';
import type { Place } from './places.ts';
import { dateOf, dayOf } from './calendar.ts';
import { randomAt, shuffled } from './random.ts';
import type { Random } from './random.ts';

/** A person or an organisation. */
export interface Somebody {
  readonly kind: PartyKind;
  /** The name, and how another court may spell it. */
  readonly names: readonly string[];
  readonly id: Id | null;
  /** The number in its older form, when one existed: 15 digits, or an organisation code. */
  readonly formerId: Id | null;
  readonly idMissingReason: string | null;
  readonly home: Place;
  /** Null for organisations. */
  readonly rural: boolean | null;
}

export interface Id {
  readonly type: IdType;
  readonly number: string;
}

/** The people of one city. */
export interface Population {
  somebody(person: number): Somebody;
  homeOf(person: number): Place;
}

// Everybody is of age when the first cases are filed.
const firstBirth = dayOf('1945-01-01');
const birthDays = dayOf('1994-01-01') - firstBirth;
const birthNumbers = birthDays * 999;
const organisationNumbers = 100_000_000;

/** The population of a city; throws RangeError when the city needs more people than there are distinct numbers. */
export function populationOf(seed: string, numbering: Numbering, homeOf: HomeOf): Population {
  if (numbering.size > birthNumbers) {
    throw new RangeError(
      `A city has numbers for ${birthNumbers} people, but this one needs ${numbering.size}; ask for fewer cases.`,
    );
  }
  const offset = randomAt(seed, 'offset').below(birthNumbers);
  const home = (person: number): Place => {
    const standing = numbering.standingOf(person);
    // Those who stand surety for a buyer of machines live where the buyer lives.
    const household = standing.group === 'MACHINERY' ? numbering.machinery(standing.ordinal, 0) : person;
    return homeOf(randomAt(seed, 'home', household), standing);
  };
  return {
    homeOf: home,
    somebody: (person) => {
      const random = randomAt(seed, 'person', person);
      const standing = numbering.standingOf(person);
      const origin: Origin = { person, offset, home: home(person), standing };
      const sort = random.weigh(sortsOf[standing.group]);
      if (sort === 'NATURAL') return naturalPerson(random, origin);
      return sort === 'ORGANISATION' ? organisation(random, origin) : committee(random, origin);
    },
  };
}

interface Origin {
  readonly person: number;
  readonly offset: number;
  readonly home: Place;
  readonly standing: Standing;
}

const sortsOf = {
  OWN_DEBTOR: [
    ['NATURAL', 865],
    ['ORGANISATION', 120],
    ['COMMITTEE', 15],
  ],
  OWN_APPLICANT: [
    ['NATURAL', 740],
    ['ORGANISATION', 240],
    ['COMMITTEE', 20],
  ],
  OWN_THIRD: [
    ['NATURAL', 800],
    ['ORGANISATION', 200],
  ],
  SHARED: [
    ['NATURAL', 880],
    ['ORGANISATION', 120],
  ],
  MACHINERY: [
    ['NATURAL', 900],
    ['ORGANISATION', 100],
  ],
  INSTITUTION: [['ORGANISATION', 1]],
  CREDITOR: [['ORGANISATION', 1]],
} as const;

function naturalPerson(random: Random, { person, offset, home, standing }: Origin): Somebody {
  const names = personNames(random, home);
  // The source: 75 % of the parties live in the countryside.
  const somebody = { kind: 'NATURAL_PERSON', names, home, rural: random.chance(0.75) } as const;
  const numbered = standing.group === 'SHARED' || standing.group === 'MACHINERY';
  if (!numbered && random.chance(0.015)) {
    return { ...somebody, id: null, formerId: null, idMissingReason: random.pick(personReasons) };
  }
  if (random.chance(0.006)) {
    return { ...somebody, id: otherId(random, person), formerId: null, idMissingReason: null };
  }
  const at = shuffled(person, birthNumbers, offset);
  const birth = dateOf(firstBirth + Math.floor(at / 999)).replaceAll('-', '');
  // The region code is the one of the first issue, so an abolished code is as good as today's.
  const region = home.formerCode !== null && random.chance(0.5) ? home.formerCode : home.code;
  const number = residentNumber(region, birth, (at % 999) + 1);
  const number15 = birth < '1981' ? toFifteen(number) : null;
  const formerId = number15 === null ? null : ({ type: 'RESIDENT_ID', number: number15 } as const);
  return { ...somebody, id: { type: 'RESIDENT_ID', number }, formerId, idMissingReason: null };
}

const personReasons = [
  '申请执行人未提供公民身份号码，待公安机关核实',
  '身份信息待核实',
  '境外人员，证件号码未提供',
] as const;

/** Numbers of the few who have no resident number; eight digits from the person's own number keep them apart. */
function otherId(random: Random, person: number): Id {
  const digits = String(person).padStart(8, '0');
  return random.weigh<Id>([
    [{ type: 'HK_MO_PERMIT', number: `H${digits}` }, 3],
    [{ type: 'TW_PERMIT', number: digits }, 3],
    [{ type: 'CN_PASSPORT', number: `E${digits}` }, 2],
  ]);
}

function organisation(random: Random, { person, offset, home, standing }: Origin): Somebody {
  const body = organisationBody(String(shuffled(person, organisationNumbers, offset)).padStart(8, '0'));
  const somebody = { home, rural: null, idMissingReason: null } as const;
  if (standing.group === 'CREDITOR' || standing.group === 'INSTITUTION') {
    const name = standing.group === 'CREDITOR' ? creditorName(random) : institutionName(random, home);
    return {
      ...somebody,
      kind: 'LEGAL_PERSON',
      names: [name],
      id: creditId('91', home, body),
      formerId: organisationId(body),
    };
  }
  const company = companyName(random, home);
  const kind = company.registrar === '92' ? 'UNINCORPORATED' : 'LEGAL_PERSON';
  if (random.chance(0.02)) {
    const id = { type: 'BUSINESS_REGISTRATION', number: businessNumber(home.code, body.slice(0, 8)) } as const;
    return { ...somebody, kind, names: company.names, id, formerId: null };
  }
  return {
    ...somebody,
    kind,
    names: company.names,
    id: creditId(company.registrar, home, body),
    formerId: organisationId(body),
  };
}

function creditId(registrar: string, home: Place, body: string): Id {
  return { type: 'UNIFIED_SOCIAL_CREDIT_CODE', number: creditCode(registrar, home.code, body) };
}

/** GB 11714 as it was printed, with a hyphen before the check character. */
function organisationId(body: string): Id {
  return { type: 'ORGANISATION_CODE', number: `${body.slice(0, 8)}-${body.slice(8)}` };
}

/** Village and residents' committees and owners' assemblies legitimately have no code. */
function committee(random: Random, { home }: Origin): Somebody {
  const village = random.chance(0.6);
  return {
    kind: 'UNINCORPORATED',
    names: [village ? committeeName(random, home) : quarterCommitteeName(random, home)],
    id: null,
    formerId: null,
    idMissingReason: village ? '村民委员会，未取得统一社会信用代码' : '业主委员会，无统一社会信用代码',
    home,
    rural: null,
  };
}
