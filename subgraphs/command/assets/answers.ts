import { z } from 'zod';
import { parseMoney } from '../../../common/money.ts';

/** What the agencies' fields must hold for a summary, for `@requires`. */
export const assetRequirement = [
  'bank { status answeredAt accounts { assetKey bankName number currency balance available',
  'priorFreezes { authority documentNumber amount until } } }',
  'vehicle { status answeredAt vehicles { assetKey plateNumber model estimatedValue mortgages { holder }',
  'seizures { authority documentNumber from until queuePosition } } }',
  'realEstate { status answeredAt units { unitNumber location share estimatedValue mortgages { mode securedAmount }',
  'seizures { authority documentNumber from until queuePosition } } }',
].join(' ');

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? null);
// An amount that cannot be read is one that is not known.
const money = text.transform((value) => {
  try {
    return value === null ? null : parseMoney(value);
  } catch {
    return null;
  }
});
const place = z
  .int()
  .nonnegative()
  .nullish()
  .transform((value) => value ?? null);
const rows = <Row extends z.ZodType>(row: Row) =>
  z
    .array(row)
    .nullish()
    .transform((list) => list ?? null);

const freeze = z.object({ authority: text, documentNumber: text, amount: money, until: text });
const seizure = z.object({
  authority: text,
  documentNumber: text,
  from: text,
  until: text,
  queuePosition: place,
});
const account = z.object({
  assetKey: text,
  bankName: text,
  number: text,
  currency: text,
  balance: money,
  available: money,
  priorFreezes: rows(freeze),
});
const vehicle = z.object({
  assetKey: text,
  plateNumber: text,
  model: text,
  estimatedValue: money,
  mortgages: rows(z.object({ holder: text })),
  seizures: rows(seizure),
});
const unit = z.object({
  unitNumber: text,
  location: text,
  share: text,
  estimatedValue: money,
  mortgages: rows(z.object({ mode: text, securedAmount: money })),
  seizures: rows(seizure),
});
const inquiry = { status: z.string(), answeredAt: text };
const absent = { status: 'UNREACHABLE', answeredAt: null } as const;

// What failed on the way is an agency that is not known, never one that knows nothing.
const answersSchema = z.object({
  bank: z
    .object({ ...inquiry, accounts: rows(account) })
    .nullish()
    .transform((answer) => answer ?? { ...absent, accounts: null }),
  vehicle: z
    .object({ ...inquiry, vehicles: rows(vehicle) })
    .nullish()
    .transform((answer) => answer ?? { ...absent, vehicles: null }),
  realEstate: z
    .object({ ...inquiry, units: rows(unit) })
    .nullish()
    .transform((answer) => answer ?? { ...absent, units: null }),
});

/** What the three agencies say about one party, amounts in fen; null is what is not known. */
export type Answers = z.output<typeof answersSchema>;
export type AccountAnswer = z.output<typeof account>;
export type VehicleAnswer = z.output<typeof vehicle>;
export type UnitAnswer = z.output<typeof unit>;
export type SeizureAnswer = z.output<typeof seizure>;

/** Reads the agencies' fields of a representation; an agency whose field is absent or null is one that is not known. */
export function parseAnswers(representation: unknown): Answers {
  const { data } = answersSchema.safeParse(representation);
  return data ?? answersSchema.parse({});
}
