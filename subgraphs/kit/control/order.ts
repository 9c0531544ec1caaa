import { z } from 'zod';
import { parseRepresentation } from '../inquiry/party.ts';

/** What every agency requires of an order, for `@requires`. */
export const orderRequirement =
  'partyId subject { name idType idNumber } mandate { agency action number property bankName amount until originId isReleased releaseIds signedBy signedOn courtName courtCode handlerName handlerPhone workIdNumber dutyCertificateNumber }';

const text = z.string().nullable();

// `nullable`, never `optional`: a null is the court's word, an absent value is a failure on the way.
const orderSchema = z.object({
  caseNumber: z.string(),
  id: z.string(),
  partyId: text,
  subject: z.object({ name: text, idType: text, idNumber: text }).nullable(),
  mandate: z
    .object({
      agency: text,
      action: text,
      number: text,
      property: text,
      bankName: text,
      amount: text,
      until: text,
      originId: text,
      isReleased: z.boolean().nullable(),
      releaseIds: z.array(z.array(z.string())).nullable(),
      signedBy: text,
      signedOn: text,
      courtName: text,
      courtCode: text,
      handlerName: text,
      handlerPhone: text,
      workIdNumber: text,
      dutyCertificateNumber: text,
    })
    .nullable(),
});

/** An order as federation hands it to an agency: its key, the court's mandate and on whose property. */
export type OrderReference = z.infer<typeof orderSchema>;

/** Reads an order's representation; throws REQUIREMENT_ABSENT as `parseParty` does. */
export function parseOrder(representation: unknown): OrderReference {
  return parseRepresentation('order', orderSchema, representation);
}
