import { distinct } from '../../kit/inquiry/distinct.ts';
import { hidesColumn } from '../../kit/inquiry/names.ts';
import { garbled, type Settled } from '../../kit/inquiry/outcome.ts';
import { toRefusal } from '../../kit/inquiry/returned.ts';
import type { VehicleRecord } from './vehicle-record.ts';
import { answerSchema, nothingSchema, vehicleColumns, vehicleSchema, type VehicleRow } from './wire.ts';

/**
 * Reads the answer to one request. Garbled: one under another number, "nothing" with rows, fewer or more rows than it
 * counts, and two different rows of one vehicle. A row that arrived twice counts once.
 */
export function readVehicleAnswer(answer: unknown, requestNumber: string): Settled<VehicleRecord> {
  const { data } = answerSchema.safeParse(answer);
  if (data?.BDHM !== requestNumber) return garbled;
  if (data.RESULT === '1001') return toRefusal(data.HTXX);
  const rows = distinct(data.CLXX);
  const nothing = rows.filter(saysNothing);
  if (data.TS != null && data.TS !== rows.length && data.TS !== rows.length - nothing.length) return garbled;
  const vehicles = nothing.length > 0 ? [] : readVehicles(rows);
  // Whoever says 查无 and names something says two things.
  if (vehicles === null || (nothing.length > 0 && nothing.length < rows.length)) return garbled;
  const found = data.RESULT === '0000' && nothing.length === 0;
  if (found !== vehicles.length > 0) return garbled;
  return { kind: 'ANSWERED', answeredAt: data.FKSJ, records: vehicles.map(toVehicle) };
}

function saysNothing(row: unknown): boolean {
  const { data } = nothingSchema.safeParse(row);
  return data !== undefined && data.CLSBDH === null && data.XLH === null;
}

function readVehicles(rows: readonly unknown[]): readonly VehicleRow[] | null {
  const vehicles: VehicleRow[] = [];
  const known = new Set<string>();
  for (const row of rows) {
    const { data } = vehicleSchema.safeParse(row);
    if (data === undefined || hidesColumn(Object(row) as object, vehicleColumns)) return null;
    const names = [data.XH, data.CLSBDH, data.XLH, data.HPHM === null ? null : `${data.HPZL ?? ''} ${data.HPHM}`];
    for (const [place, name] of names.entries()) {
      if (name == null) continue;
      if (known.has(`${place} ${name}`)) return null;
      known.add(`${place} ${name}`);
    }
    vehicles.push(data);
  }
  return vehicles.sort((a, b) => (a.XH ?? 0) - (b.XH ?? 0));
}

function toVehicle(row: VehicleRow): VehicleRecord {
  return {
    plateNumber: row.HPHM,
    plateType: row.HPZL,
    vin: row.CLSBDH,
    machineSerial: row.XLH,
    brand: row.CLPP,
    model: row.CLXH,
    vehicleType: row.CLLX,
    colour: row.CSYS,
    statusLetters: row.ZT === null ? null : [...new Set(row.ZT.match(/[A-Z]/g))].sort(),
    firstRegisteredOn: row.CCDJRQ,
    inspectionValidUntil: row.JYYXQZ,
    mortgages: distinct(row.DYXX).map(({ DYQR, DYRQ }) => ({ holder: DYQR, since: DYRQ })),
    seizures: distinct(row.CFXX)
      .map(({ CFJG, CFWH, CFQSRQ, CFJZRQ, LHXH }) => ({
        authority: CFJG,
        documentNumber: CFWH,
        from: CFQSRQ,
        until: CFJZRQ,
        queuePosition: LHXH,
      }))
      .sort((a, b) => a.queuePosition - b.queuePosition),
  };
}
