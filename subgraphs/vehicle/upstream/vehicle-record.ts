/** A vehicle or machine as the administration reports it, its plate in full; machines may have neither plate nor VIN. */
export interface VehicleRecord {
  readonly plateNumber: string | null;
  readonly plateType: string | null;
  readonly vin: string | null;
  readonly machineSerial: string | null;
  readonly brand: string | null;
  readonly model: string | null;
  readonly vehicleType: string | null;
  readonly colour: string | null;
  /** Null when the file says nothing of a state. */
  readonly statusLetters: readonly string[] | null;
  readonly firstRegisteredOn: string | null;
  readonly inspectionValidUntil: string | null;
  readonly mortgages: readonly VehicleMortgageRecord[];
  readonly seizures: readonly VehicleSeizureRecord[];
}

export interface VehicleMortgageRecord {
  readonly holder: string | null;
  readonly since: string | null;
}

export interface VehicleSeizureRecord {
  readonly authority: string | null;
  readonly documentNumber: string | null;
  readonly from: string | null;
  readonly until: string | null;
  readonly queuePosition: number;
}
