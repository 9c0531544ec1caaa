/** Makes the explorer's examples speak of this city's own rows. */

import { formatCaseNumber, parseCaseNumber } from '../../common/case-number.ts';
import type { CourtRegistry } from '../../common/court-registry.ts';
import type { ExampleVariables } from '../../gateway/explorer/examples.ts';
import type { City } from '../../mocks/city/city.ts';

/** A case with a writ, and a debtor who has cases in several courts. */
export function findExamples(registry: CourtRegistry, city: City): ExampleVariables {
  const courtsOfDebtor = new Map<string, { name: string; courts: Set<string> }>();
  let number: string | undefined;
  for (const { code } of registry.courts) {
    for (const record of city.casesOf(code)) {
      for (const party of record.parties) {
        if (party.role !== 'DEBTOR' || party.idNumber === null) continue;
        if (party.writ !== null) number ??= formatCaseNumber(parseCaseNumber(record.number));
        const known = courtsOfDebtor.get(party.idNumber) ?? { name: party.name, courts: new Set() };
        known.courts.add(code);
        courtsOfDebtor.set(party.idNumber, known);
      }
    }
  }
  const widest = [...courtsOfDebtor.values()].reduce<{ name: string; courts: Set<string> } | undefined>(
    (best, debtor) => (best && best.courts.size >= debtor.courts.size ? best : debtor),
    undefined,
  );
  return {
    // Open cases: those whose debtors agencies may be asked about today.
    'city-wide': { filter: { stages: ['INVESTIGATING', 'TRIAGED', 'FAST', 'DISPOSING', 'ORDINARY'] } },
    ...(number !== undefined && { 'case-by-number': { number } }),
    ...(widest && { 'debtor-across-courts': { name: widest.name } }),
  };
}
