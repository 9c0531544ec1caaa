/** Names put together from the word lists. */

import {
  companyWords,
  compoundSurnames,
  givenCharacters,
  industries,
  institutionKinds,
  quarterWords,
  surnames,
  uyghurNames,
  variantCharacters,
  villageWords,
} from './names.ts';
import type { Place } from './places.ts';
import type { Random } from './random.ts';

/** A person's name, followed by another spelling for a few people. */
export function personNames(random: Random, home: Place): readonly string[] {
  if (home.letter === '新' && random.chance(0.5)) {
    const first = random.pick(uyghurNames);
    const last = random.pick(uyghurNames);
    const name = `${first}·${last}`;
    return random.chance(0.3) ? [name, random.pick([`${first}•${last}`, `${first}.${last}`])] : [name];
  }
  const name = personName(random);
  const characters = Array.from(name);
  const at = characters.findIndex((character) => variantCharacters.has(character));
  if (!random.chance(at === -1 ? 0.02 : 0.3)) return [name];
  return [name, at === -1 ? spaced(name) : characters.with(at, variantCharacters.get(characters[at]!)!).join('')];
}

/** A surname and one or two characters. */
export function personName(random: Random): string {
  const given = random.pick(givenCharacters);
  return random.weigh(surnames) + (random.chance(0.35) ? given : given + random.pick(givenCharacters));
}

/** The names of a company (its old and its new name for a few) and the first digits of its credit code. */
export function companyName(random: Random, home: Place): { names: readonly string[]; registrar: '91' | '92' | '93' } {
  const registrar = random.weigh([
    ['91', 80],
    ['92', 14],
    ['93', 6],
  ] as const);
  const stem = shortName(home) + companyWord(random);
  const business = random.pick(industries);
  if (registrar === '92') return { names: [`${stem}${business}经营部`], registrar };
  if (registrar === '93') return { names: [`${stem}种植专业合作社`], registrar };
  const name = `${stem}${business}有限公司`;
  return { names: random.chance(0.03) ? [name, `${stem}${business}有限责任公司`] : [name], registrar };
}

/** A bank, a lender or another frequent applicant. */
export function institutionName(random: Random, home: Place): string {
  return shortName(home) + companyWord(random) + random.weigh(institutionKinds);
}

/** The large creditor: a maker of construction machines that does not exist. */
export function creditorName(random: Random): string {
  return `${companyWord(random)}${random.pick(companyWords.second)}工程机械股份有限公司`;
}

/** A bank's branch that does not exist. */
export function bankBranchName(random: Random): string {
  return `${companyWord(random)}银行${random.pick(villageWords)}支行`;
}

export function committeeName(random: Random, home: Place): string {
  return `${home.county}${random.pick(villageWords)}镇${random.pick(villageWords)}村村民委员会`;
}

export function quarterCommitteeName(random: Random, home: Place): string {
  return `${home.county}${quarterName(random)}业主委员会`;
}

/** A residential quarter. */
export function quarterName(random: Random): string {
  return `${random.pick(quarterWords)}${random.pick(['花园', '苑', '家园', '小区'])}`;
}

/** The county without its kind: 铜山 for 铜山区. */
function shortName(home: Place): string {
  return home.county.length > 2 ? home.county.slice(0, -1) : home.county;
}

function companyWord(random: Random): string {
  return random.pick(companyWords.first) + random.pick(companyWords.second);
}

/** The space that old forms put between surname and given name. */
function spaced(name: string): string {
  const length = compoundSurnames.find((surname) => name.startsWith(surname))?.length ?? 1;
  return `${name.slice(0, length)} ${name.slice(length)}`;
}
