import { createAgency, type AgencyOptions, type AgencyProgram } from '../kit/inquiry/agency.ts';
import { createCall } from '../kit/inquiry/call.ts';
import { vehicleSchema, vehicleSdl } from './schema.ts';
import { createVehicleControls } from './upstream/control.ts';
import { createVehicleLine } from './upstream/line.ts';
import { vehicleNames } from './upstream/wire.ts';

/**
 * Starts the vehicle subgraph over the vehicle administration (`mocks/README.md`): at most 20 debtors at once, thirty
 * seconds each. The deadline counts from the question, so that it bounds the queue too.
 */
export function createVehicle(options: AgencyOptions): Promise<AgencyProgram> {
  const call = createCall(options.upstream, { parallel: 20, tryMs: 30_000, names: vehicleNames });
  const vehicle = {
    code: 'VEHICLE',
    schema: vehicleSchema,
    sdl: vehicleSdl,
    line: createVehicleLine(call),
    names: vehicleNames,
    controls: createVehicleControls(call),
    expectedMs: 30_000,
    deadlineMs: 600_000,
  } as const;
  return createAgency(vehicle, options);
}
