import { createAgencySchema } from '../kit/inquiry/graph/schema.ts';
import { MeasureOrder, MeasureOrderResolver } from './graph/measure-order.ts';
import { Party, PartyResolver } from './graph/party.ts';
import { BankAccountResolver } from './graph/account.ts';

const { sdl, schema } = createAgencySchema({
  resolvers: [PartyResolver, BankAccountResolver, MeasureOrderResolver],
  entities: [Party, MeasureOrder],
});

/** What the bank subgraph adds to the graph. */
export const bankSdl = sdl;

/** The executable bank subgraph; its context is `AgencyContext`. */
export const bankSchema = schema;
