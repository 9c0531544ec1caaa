import { GraphQLError } from 'graphql';
import { z } from 'zod';

/** What every agency requires of a party, for `@requires`. */
export const requirement =
  'writ { number agencies signedBy signedOn validUntil courtName courtCode handlerName handlerPhone workIdNumber dutyCertificateNumber } subject { name idType idNumber }';

const text = z.string().nullable();

// `nullable`, never `optional`: a null is the court's word, an absent value is a failure on the way.
const partySchema = z.object({
  caseNumber: z.string(),
  id: z.string(),
  writ: z
    .object({
      number: text,
      agencies: z.array(z.string()).nullable(),
      signedBy: text,
      signedOn: text,
      validUntil: text,
      courtName: text,
      courtCode: text,
      handlerName: text,
      handlerPhone: text,
      workIdNumber: text,
      dutyCertificateNumber: text,
    })
    .nullable(),
  subject: z.object({ name: text, idType: text, idNumber: text }).nullable(),
});

/** A party as federation hands it to an agency: its key, the court's writ and its full identity. */
export type PartyReference = z.infer<typeof partySchema>;
export type WritReference = NonNullable<PartyReference['writ']>;

/**
 * Reads a party's representation. Throws an error with code `REQUIREMENT_ABSENT` that names what is absent or ill-typed and
 * shows no value: what failed on the way must not turn into "no writ".
 */
export function parseParty(representation: unknown): PartyReference {
  return parseRepresentation('party', partySchema, representation);
}

/** The same for a representation of another kind of entity. */
export function parseRepresentation<Reference>(
  what: string,
  schema: z.ZodType<Reference>,
  representation: unknown,
): Reference {
  const parsed = schema.safeParse(representation);
  if (parsed.success) return parsed.data;
  const fields = [...new Set(parsed.error.issues.map(({ path }) => path.join('.')))];
  throw new GraphQLError(
    `The ${what} came without what the agency requires: ${fields.join(', ')}; expected each, or null`,
    {
      extensions: { code: 'REQUIREMENT_ABSENT', fields },
    },
  );
}
