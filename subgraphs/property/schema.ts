import { createAgencySchema } from '../kit/inquiry/graph/schema.ts';
import { MeasureOrder, MeasureOrderResolver } from './graph/measure-order.ts';
import { Party, PartyResolver } from './graph/party.ts';
import { CoOwnerResolver, RealEstateUnitResolver, RealEstateMortgageResolver } from './graph/unit.ts';

const { sdl, schema } = createAgencySchema({
  resolvers: [PartyResolver, CoOwnerResolver, RealEstateUnitResolver, RealEstateMortgageResolver, MeasureOrderResolver],
  entities: [Party, MeasureOrder],
});

/** What the property subgraph adds to the graph. */
export const propertySdl = sdl;

/** The executable property subgraph; its context is `AgencyContext`. */
export const propertySchema = schema;
