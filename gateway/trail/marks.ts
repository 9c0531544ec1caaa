/** How the trail names whom a question is about: by marks that nobody without a key can turn into a number. */

import { createHmac, randomInt } from 'node:crypto';

import { caseNumberKey, formatCaseNumber, parseCaseNumber } from '../../common/case-number.ts';
import { isDocumentNumber } from '../../common/document-number.ts';
import { parseIdentity } from '../../common/identity.ts';
import { caseKeyOfLocalPerson, localPersonId, personId, type PersonKey } from '../../common/person-id.ts';
import { isUuid, withoutPrivateNumbers } from '../../common/private-text.ts';
import { ifReadable } from '../../common/value-error.ts';
import { idTypes } from '../../common/vocabulary.ts';

export interface Marks {
  /** Whether persons are named by the id that clients see. */
  readonly knowsPersons: boolean;
  /** The mark of a party. Throws ValueError for a malformed case number. */
  party(caseNumber: string, id: string): string;
  /**
   * A name of an officer as a line has it: numbers of officers stay, what may be an identity number does not. A name that does not stand
   * there whole ends with a mark of it, so that two of them are not taken for one.
   */
  officer(name: string): string;
  /** The person whose identity number this is, in any written form, as clients see him; null for what is none, and without the city's key. */
  personOf(number: string): string | null;
  /** What a representation says of itself, as fields of a line: `"case":…,"party":…,"person":…,"writ":…`. */
  describe(own: Representation): string;
  /**
   * The same fields of what a change is about, as far as it is known; what is not is null, and nothing is made of it. Words that
   * nobody has taken for a number do not stand there: of a writ there is a mark, `#…`, and of a case nothing.
   */
  describeChanged(own: ChangedThing, taken: TakenWords): string;
  /** The mark of an idempotency key. Callers make them up, and may put anything into them. */
  idempotencyKey(key: string): string;
}

/** What a change is about: arguments as somebody typed them, and what its answer says. */
export interface ChangedThing {
  readonly caseNumber: unknown;
  /** `Party.id`. */
  readonly party: unknown;
  /** `Person.id`, as the court has it. */
  readonly person: unknown;
  /** The number of a writ or a ruling. */
  readonly writ: unknown;
}

/** Which of the words that somebody typed are somebody's who keeps rows. */
export interface TakenWords {
  /** The hub knows the court of the case. */
  readonly isCaseKnown: boolean;
  /** The change was made, on the writ or ruling that it names. */
  readonly isMade: boolean;
}

type Representation = Readonly<Record<string, unknown>>;

/** So many parties are remembered; the marks of one are asked for by each agency, and again with each page. */
const mostRemembered = 20_000;

/** Fifteen digits or more, written in groups as people write them. */
const identityNumbers = /\d(?:[ _.-]?\d){14,}[Xx]?/g;

/** Characters. */
const mostOfName = 100;

interface Remembered {
  /** Of kind and number, since courts correct them; the number itself is not remembered. */
  readonly check: number;
  readonly writ: unknown;
  readonly fields: string;
}

/** Marks by the trail's secret; persons by the city's key, where the hub has it. */
export function createMarks(secret: Uint8Array, personKey: PersonKey | null): Marks {
  const known = new Map<string, Remembered>();
  const seed = randomInt(2 ** 31);
  const markOf = (...words: readonly string[]) =>
    createHmac('sha256', secret).update(words.join('\0')).digest('base64url').slice(0, 22);
  const party: Marks['party'] = (caseNumber, id) =>
    markOf('nonet trail party 1', caseNumberKey(parseCaseNumber(caseNumber)), id);
  const make = (own: Representation, writ: unknown): string => {
    const { caseNumber, id } = own;
    if (typeof caseNumber !== 'string' || typeof id !== 'string') return fieldsOf(null, null, null, writ);
    const mark = ifReadable(() => party(caseNumber, id)) ?? null;
    const person = mark === null ? null : personOf(caseNumber, id, subjectOf(own), personKey);
    return fieldsOf(caseNumber, mark, person, writ);
  };
  return {
    knowsPersons: personKey !== null,
    party,
    officer(name) {
      const told = isUuid(name) ? name : name.normalize('NFKC').replace(identityNumbers, '★');
      if (told === name && name.length <= mostOfName) return name;
      return `${told.slice(0, mostOfName)}#${markOf('nonet trail officer 1', name)}`;
    },
    personOf(number) {
      const identity = ifReadable(() => parseIdentity(number));
      return identity && personKey ? personId(personKey, identity) : null;
    },
    idempotencyKey: (key) => markOf('nonet trail idempotency key 1', key),
    describeChanged({ caseNumber, party: id, person, writ }, { isCaseKnown, isMade }) {
      const number =
        typeof caseNumber === 'string'
          ? (ifReadable(() => formatCaseNumber(parseCaseNumber(caseNumber))) ?? null)
          : null;
      const mark = number === null || typeof id !== 'string' ? null : party(number, id);
      const told = number !== null && (isCaseKnown || isDocumentNumber(number)) ? number : null;
      const document =
        typeof writ !== 'string' || isMade || isDocumentNumber(writ)
          ? writ
          : `#${markOf('nonet trail writ 1', writ.normalize('NFKC').trim())}`;
      return fieldsOf(told, mark, typeof person === 'string' && isPersonId(person) ? person : null, document);
    },
    describe(own) {
      const name = `${String(own['caseNumber'])}\0${String(own['id'])}`;
      const { idType, idNumber } = subjectOf(own);
      const check = checksum(`${String(idType)}\0${String(idNumber)}`, seed);
      const writ = writOf(own);
      const last = known.get(name);
      if (last?.check === check && last.writ === writ) return last.fields;
      const fields = make(own, writ);
      known.delete(name);
      known.set(name, { check, writ, fields });
      const [eldest] = known.keys();
      if (known.size > mostRemembered && eldest !== undefined) known.delete(eldest);
      return fields;
    },
  };
}

/** Text that people of a court or an agency wrote, as the trail may hold it. */
export function toTold(text: string): string {
  if (isCode.test(text)) return text;
  const told = withoutPrivateNumbers(text);
  return (told === text.normalize('NFKC') ? text : told).slice(0, 300);
}

const isCode = /^[A-Z_]{1,40}$/;

function fieldsOf(caseNumber: string | null, party: string | null, person: string | null, writ: unknown): string {
  const told = (value: unknown) => (typeof value === 'string' ? JSON.stringify(toTold(value)) : 'null');
  return `"case":${told(caseNumber)},"party":${JSON.stringify(party)},"person":${JSON.stringify(person)},"writ":${told(writ)}`;
}

/** As the courts make it: who has no number that can be read is a person of the case alone. Null where the key is needed and absent. */
function personOf(
  caseNumber: string,
  id: string,
  { idType, idNumber }: Representation,
  key: PersonKey | null,
): string | null {
  const type = idTypes.find((known) => known === idType);
  const identity = typeof idNumber === 'string' ? ifReadable(() => parseIdentity(idNumber, type)) : undefined;
  if (identity) return key && personId(key, identity);
  if (!/^[1-9]\d{0,5}$/.test(id)) return null;
  return ifReadable(() => localPersonId(caseNumberKey(parseCaseNumber(caseNumber)), Number(id))) ?? null;
}

function isPersonId(id: string): boolean {
  return ifReadable(() => [caseKeyOfLocalPerson(id)]) !== undefined;
}

function subjectOf({ subject }: Representation): Representation {
  return typeof subject === 'object' && subject !== null ? (subject as Representation) : {};
}

function writOf({ writ }: Representation): unknown {
  return typeof writ === 'object' && writ !== null ? (writ as Representation)['number'] : null;
}

/** FNV-1a. */
function checksum(text: string, seed: number): number {
  let sum = 0x811c9dc5 ^ seed;
  for (let at = 0; at < text.length; at += 1) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193);
  return sum;
}
