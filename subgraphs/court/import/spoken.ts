import type { PartyPart, Spoken, CaseColumns } from '../load/entry.ts';
import type { CaseField, PartyField } from './columns.ts';
import type { Header } from './header.ts';
import { writFields } from './writ.ts';

/** What the files have columns for: an empty cell clears what is stored, a missing column leaves it. */
export function spokenOf(cases: Header<CaseField> | null, parties: Header<PartyField> | null): Spoken {
  const hasCase = (...fields: CaseField[]): boolean => fields.every((field) => cases?.places.has(field));
  const hasParty = (field: PartyField): boolean => parties?.places.has(field) ?? false;
  const columns: Record<keyof CaseColumns, boolean> = {
    stage: hasCase('stage'),
    filedOn: hasCase('filedOn'),
    closedOn: hasCase('closedOn'),
    closingMode: hasCase('closingMode'),
    amountDue: hasCase('amountDue'),
    amountRecovered: hasCase('amountRecovered'),
    amountOutstanding: hasCase('amountOutstanding') || hasCase('amountDue', 'amountRecovered'),
    team: hasCase(...teamFields),
    predecessor: hasCase('predecessor'),
    successor: hasCase('successor'),
    transferKind: hasCase('transferKind'),
  };
  const parts: Record<PartyPart, boolean> = {
    kind: hasParty('kind'),
    identity: hasParty('idNumber'),
    province: hasParty('province'),
    county: hasParty('county'),
    rural: hasParty('rural'),
    writ: writFields.some(hasParty),
  };
  return { columns: trueKeys(columns), parties: trueKeys(parts) };
}

/** A team is name, type and judge: without all three columns the others are as good as unknown. */
export function withWholeTeams(header: Header<CaseField>): Header<CaseField> {
  const present = teamFields.filter((field) => header.places.has(field));
  if (present.length === 0 || present.length === teamFields.length) return header;
  const places = new Map([...header.places].filter(([field]) => !present.includes(field)));
  const titles = present.flatMap((field) => header.places.get(field)!.map(({ title }) => title));
  return { ...header, places, ignored: [...header.ignored, ...titles] };
}

const teamFields: readonly CaseField[] = ['teamName', 'teamType', 'judge'];

function trueKeys<Key extends string>(flags: Readonly<Record<Key, boolean>>): Key[] {
  return (Object.keys(flags) as Key[]).filter((key) => flags[key]);
}
