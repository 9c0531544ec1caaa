import { z } from 'zod';
import {
  agencyCodes,
  caseStages,
  closingModes,
  idTypes,
  partyKinds,
  partyRoles,
  teamTypes,
  transferKinds,
} from '../../../common/vocabulary.ts';
import { partyParts, type Batch, type BatchResult, type CaseColumns, type Entry } from '../load/entry.ts';

/** What travels through the admin door: NDJSON, a head and then one line for each entry; progress and a result come down. */

/** The first line. */
export interface Head extends Omit<Batch, 'entries'> {
  /** Code of the court that the entries are for. */
  readonly court: string;
  /** How many entries follow: a stream that was cut is told from one that ended. */
  readonly entries: number;
}

/** A line that comes down; a `result` or an `error` is the last. */
export type Reply =
  | { readonly stored: number }
  | { readonly result: BatchResult }
  | { readonly error: { code: string; message: string } };

/** The head of an import; throws ZodError. */
export function parseHead(json: unknown): Head {
  return headSchema.parse(json);
}

/** One entry; throws ZodError. Whether its values can be read is for the court to say. */
export function parseEntryLine(json: unknown): Entry {
  return entrySchema.parse(json);
}

/** A line that came down; throws ZodError. */
export function parseReply(json: unknown): Reply {
  return replySchema.parse(json);
}

/** Where the door is and the secret that opens it, as it stands in the file beside the data. */
export interface AdminAddress {
  readonly url: string;
  readonly secret: string;
  readonly pid: number;
  /** Where the rows of its courts are, by code, as `readPlace` tells it; an older program does not say it. */
  readonly places?: Readonly<Record<string, string>> | undefined;
}

/** The address in a file's text; throws ZodError or SyntaxError. */
export function parseAdminAddress(text: string): AdminAddress {
  return addressSchema.parse(JSON.parse(text));
}

const caseFields = [
  'stage',
  'filedOn',
  'closedOn',
  'closingMode',
  'amountDue',
  'amountRecovered',
  'amountOutstanding',
  'team',
  'predecessor',
  'successor',
  'transferKind',
] as const satisfies readonly (keyof CaseColumns)[];

const headSchema = z.strictObject({
  court: z.string(),
  asOf: z.iso.datetime({ offset: true }),
  spoken: z.strictObject({ columns: z.array(z.enum(caseFields)), parties: z.array(z.enum(partyParts)) }),
  entries: z.int().min(0),
});

const text = z.string().nullable();
const ordinal = z.int().min(1).max(999_999);

const columnsSchema = z.strictObject({
  stage: z.enum(caseStages),
  filedOn: text,
  closedOn: text,
  closingMode: z.enum(closingModes).nullable(),
  amountDue: text,
  amountRecovered: text,
  amountOutstanding: text,
  team: z.strictObject({ name: z.string(), type: z.enum(teamTypes), judge: z.string() }).nullable(),
  predecessor: text,
  successor: text,
  transferKind: z.enum(transferKinds).nullable(),
}) satisfies z.ZodType<CaseColumns>;

const entrySchema: z.ZodType<Entry> = z.strictObject({
  number: z.string(),
  columns: columnsSchema.nullable(),
  parties: z.array(
    z.strictObject({
      ordinal,
      stated: z.boolean(),
      role: z.enum(partyRoles),
      kind: z.enum(partyKinds),
      name: z.string(),
      idType: z.enum(idTypes).nullable(),
      idNumber: text,
      idMissingReason: text,
      province: text,
      county: text,
      rural: z.boolean().nullable(),
      writ: z
        .strictObject({
          number: z.string(),
          agencies: z.array(z.enum(agencyCodes)),
          signedBy: z.string(),
          signedOn: z.string(),
          validUntil: z.string(),
          handlerName: z.string(),
          handlerPhone: z.string(),
          workIdNumber: z.string(),
          dutyCertificateNumber: z.string(),
        })
        .nullable(),
    }),
  ),
  mode: z.enum(['REPLACE', 'ADD']),
  held: z.array(ordinal),
});

const count = z.int().min(0);

const replySchema: z.ZodType<Reply> = z.union([
  z.strictObject({ stored: count }),
  z.strictObject({
    result: z.strictObject({
      inserted: count,
      changed: count,
      unchanged: count,
      missing: z.array(count),
      kept: z.array(z.string()),
      formerAsOf: text,
    }),
  }),
  z.strictObject({ error: z.strictObject({ code: z.string(), message: z.string() }) }),
]);

const addressSchema = z.strictObject({
  url: z.url(),
  secret: z.string().min(32),
  pid: z.int().positive(),
  places: z.record(z.string(), z.string()).optional(),
});
