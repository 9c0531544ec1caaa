import { isUuid } from '../../common/private-text.ts';
import { ValueError } from '../../common/value-error.ts';
import type { References } from '../kit/federation.ts';
import type { CourtContext } from './context.ts';
import { parsePersonId } from './filter/normal.ts';
import { isOrdinal } from './party/ordinal.ts';
import { parseCaseNumberKey } from './scalars/case-number.ts';
import type { TaskForceReference } from './task-force/resolver.ts';

/** How the hub's representations find their rows. A key that cannot be read is an error of that entity alone. */
export const courtReferences: References<CourtContext> = {
  async Case({ number }, { loaders }) {
    return loaders.cases.load(parseCaseNumberKey(number));
  },
  async Party({ caseNumber, id }, { loaders }) {
    return loaders.party.load({ caseKey: parseCaseNumberKey(caseNumber), ordinal: parseOrdinal(id) });
  },
  async MeasureOrder({ caseNumber, id }, { loaders }) {
    if (typeof id !== 'string' || !isUuid(id)) {
      throw new ValueError('an order is known by its id', 'an id as MeasureOrder.id gives it');
    }
    return loaders.order.load({ caseKey: parseCaseNumberKey(caseNumber), id: id.toLowerCase() });
  },
  // Whom no row here names is still somebody: other courts may know more.
  // eslint-disable-next-line @typescript-eslint/require-await -- a bad id must reject, not throw
  async Person({ id }) {
    if (typeof id !== 'string') throw new ValueError('a person is known by id', 'an id as Person.id gives it');
    return { id: parsePersonId('id', id) };
  },
  // What it is about comes with it; a field that needs it reads it, and refuses what is not whole.
  // eslint-disable-next-line @typescript-eslint/require-await -- a bad id must reject, not throw
  async TaskForce({ id, criteria }) {
    if (typeof id !== 'string') throw new ValueError('a task force is known by id', 'an id as TaskForce.id gives it');
    return { id, criteria } satisfies TaskForceReference;
  },
};

function parseOrdinal(id: unknown): number {
  if (typeof id !== 'string' || !isOrdinal(id)) {
    throw new ValueError('a party is known by its ordinal in the case', 'an id as Party.id gives it: "1", "2", …');
  }
  return Number(id);
}
