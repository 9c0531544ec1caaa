import { createAgency, type AgencyOptions, type AgencyProgram } from '../kit/inquiry/agency.ts';
import { createCall } from '../kit/inquiry/call.ts';
import { categoryOf } from '../kit/inquiry/inquiry.ts';
import { createSubmitAndPoll } from '../kit/inquiry/submit-and-poll.ts';
import { bankSchema, bankSdl } from './schema.ts';
import { createArrivals } from './upstream/arrivals.ts';
import { createBankControls } from './upstream/control.ts';
import { namedAccount } from './upstream/named-account.ts';
import { bankNames } from './upstream/wire.ts';

/**
 * Starts the bank subgraph over the banks' common door (`mocks/README.md`). Banks usually take ten minutes
 * and have a day.
 */
export function createBank(options: AgencyOptions): Promise<AgencyProgram> {
  const arrivals = createArrivals();
  const call = createCall(options.upstream, { names: bankNames });
  const line = createSubmitAndPoll({
    category: categoryOf('BANK'),
    call,
    submitPath: '/v1/queries',
    pollPath: '/v1/batches',
    firstPollMs: 50,
    mostPollMs: 5_000,
    read: (elements, { requestNumber }) => arrivals.read(elements, requestNumber),
  });
  const bank = {
    code: 'BANK',
    schema: bankSchema,
    sdl: bankSdl,
    line,
    names: bankNames,
    controls: createBankControls(call),
    named: namedAccount,
    arrived: (requestNumber: string) => arrivals.of(requestNumber),
    expectedMs: 600_000,
    deadlineMs: 86_400_000,
  } as const;
  return createAgency(bank, options);
}
