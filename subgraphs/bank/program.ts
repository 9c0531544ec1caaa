import { createAgency, type AgencyOptions } from '../kit/inquiry/agency.ts';
import { createCall } from '../kit/inquiry/call.ts';
import { categoryOf } from '../kit/inquiry/inquiry.ts';
import { createSubmitAndPoll } from '../kit/inquiry/submit-and-poll.ts';
import type { Program } from '../kit/program.ts';
import { bankSchema, bankSdl } from './schema.ts';
import { readBankAnswer } from './upstream/answer.ts';

/**
 * Starts the bank subgraph over the banks' common door (`mocks/README.md`). Banks usually take ten minutes
 * and have a day.
 */
export function createBank(options: AgencyOptions): Promise<Program> {
  const line = createSubmitAndPoll({
    category: categoryOf('BANK'),
    call: createCall(options.upstream),
    submitPath: '/v1/queries',
    pollPath: '/v1/batches',
    firstPollMs: 50,
    mostPollMs: 5_000,
    read: readBankAnswer,
  });
  const bank = {
    code: 'BANK',
    schema: bankSchema,
    sdl: bankSdl,
    line,
    expectedMs: 600_000,
    deadlineMs: 86_400_000,
  } as const;
  return Promise.resolve(createAgency(bank, options));
}
