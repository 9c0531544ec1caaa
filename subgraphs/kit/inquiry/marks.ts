import { createHash, createHmac } from 'node:crypto';
import type { Identity } from '../../../common/identity.ts';
import { personKeyMark, type PersonKey } from '../../../common/person-id.ts';
import type { Inquiry } from './inquiry.ts';

/** What of a question is marked; `series` is what all rounds of it have in common. */
export interface Marked extends Pick<Inquiry, 'identity' | 'caseNumber' | 'name' | 'writ'> {
  readonly series: string;
}

/** By which two questions are told apart when the questions themselves are gone: whom about, and in which words. */
export interface Marks {
  readonly about: string;
  readonly wording: string;
}

/** The columns of a ticket that hold marks. */
export const markColumns = ['about', 'wording', 'person'] as const;
export type MarkColumn = (typeof markColumns)[number];

/** How a program marks its tickets: with the city's key, or without one. */
export interface Marking {
  /** Which key it is, and nothing of it; null without one. */
  readonly key: { readonly version: number; readonly mark: string } | null;
  /** The marks of a question; another for each series. */
  marksOf(asking: Marked): Marks;
  /** Whether marks that are kept, in whichever form, are those of this question. */
  fit(kept: Marks, asking: Marked): Readonly<Record<keyof Marks, boolean>>;
  /** The mark of a person over all series of an agency, by which answers about him are found when they are outdated. */
  personMark(identity: Identity): string;
  /** All forms in which he may be marked. */
  personMarks(identity: Identity): readonly string[];
  /** What is kept in the place of a mark from before there was a key; null for one that is no such mark. */
  seal(column: MarkColumn, mark: string): string | null;
}

/**
 * Three forms, told apart by their first letter. `k…`: 132 bits of an HMAC-SHA-256 by the city's key, of no use to who has not the
 * key. Eight hexadecimal digits: 32 bits of a SHA-256, of a program without a key; by itself one fits some dozen resident
 * numbers, and beside the ten characters that masks leave it confirms a guess. `w…`: one of these under the key, since the number
 * itself was gone when the key came; it still fits its some dozen, and tells nobody without the key.
 */
export function createMarking(key: PersonKey | null): Marking {
  if (key === null) return unkeyed;
  const { version, secret } = key;
  const keyed = (purpose: string, parts: readonly unknown[]) =>
    createHmac('sha256', secret)
      .update(JSON.stringify(['nonet/ticket-mark', version, purpose, ...parts]))
      .digest('base64url')
      .slice(0, 22);
  const marked = (purpose: MarkColumn, parts: readonly unknown[]) => `k${keyed(purpose, parts)}`;
  const seal: Marking['seal'] = (column, mark) => (isPlain(mark) ? `w${keyed('sealed', [column, mark])}` : null);
  const fits = (column: keyof Marks, kept: string, asking: Marked) => {
    if (kept.startsWith('k')) return kept === marked(column, partsOf(column, asking));
    const plain = plainMark(partsOf(column, asking));
    return kept === (isPlain(kept) ? plain : seal(column, plain));
  };
  const personMark: Marking['personMark'] = ({ type, number }) => marked('person', [type, number]);
  return {
    key: { version, mark: personKeyMark(key) },
    marksOf: (asking) => ({
      about: marked('about', partsOf('about', asking)),
      wording: marked('wording', partsOf('wording', asking)),
    }),
    fit: ({ about, wording }, asking) => ({
      about: fits('about', about, asking),
      wording: fits('wording', wording, asking),
    }),
    personMark,
    personMarks(identity) {
      const plain = unkeyed.personMark(identity);
      return [personMark(identity), seal('person', plain)!, plain];
    },
    seal,
  };
}

/** Of a program that has no key. */
export const unkeyed: Marking = {
  key: null,
  marksOf: (asking) => ({
    about: plainMark(partsOf('about', asking)),
    wording: plainMark(partsOf('wording', asking)),
  }),
  fit(kept, asking) {
    const { about, wording } = unkeyed.marksOf(asking);
    return { about: kept.about === about, wording: kept.wording === wording };
  },
  personMark: ({ type, number }) => plainMark(['nonet person mark 1', type, number]),
  personMarks: (identity) => [unkeyed.personMark(identity)],
  seal: () => null,
};

/** What a mark is made of. */
function partsOf(column: keyof Marks, { series, identity, caseNumber, name, writ }: Marked): readonly unknown[] {
  return column === 'about' ? [series, identity.type, identity.number] : [series, caseNumber, name, writ];
}

function plainMark(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 8);
}

function isPlain(mark: string): boolean {
  return /^[0-9a-f]{8}$/.test(mark);
}
