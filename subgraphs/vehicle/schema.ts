import { createAgencySchema } from '../kit/inquiry/graph/schema.ts';
import { MeasureOrder, MeasureOrderResolver } from './graph/measure-order.ts';
import { Party, PartyResolver } from './graph/party.ts';
import { VehicleResolver } from './graph/vehicle.ts';

const { sdl, schema } = createAgencySchema({
  resolvers: [PartyResolver, VehicleResolver, MeasureOrderResolver],
  entities: [Party, MeasureOrder],
});

/** What the vehicle subgraph adds to the graph. */
export const vehicleSdl = sdl;

/** The executable vehicle subgraph; its context is `AgencyContext`. */
export const vehicleSchema = schema;
