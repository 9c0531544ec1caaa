import { createAgency, type AgencyOptions, type AgencyProgram } from '../kit/inquiry/agency.ts';
import { createCall } from '../kit/inquiry/call.ts';
import { categoryOf } from '../kit/inquiry/inquiry.ts';
import { createSubmitAndPoll } from '../kit/inquiry/submit-and-poll.ts';
import { propertySchema, propertySdl } from './schema.ts';
import { readPropertyAnswer } from './upstream/answer.ts';
import { createPropertyControls } from './upstream/control.ts';
import { propertyNames } from './upstream/wire.ts';

/** Starts the property subgraph over the real-estate registry (`mocks/README.md`). It usually takes a day and has three. */
export function createProperty(options: AgencyOptions): Promise<AgencyProgram> {
  const call = createCall(options.upstream, { names: propertyNames });
  const line = createSubmitAndPoll({
    category: categoryOf('REAL_ESTATE'),
    call,
    submitPath: '/v1/applications',
    pollPath: '/v1/applications',
    firstPollMs: 50,
    mostPollMs: 30_000,
    read: readPropertyAnswer,
  });
  const property = {
    code: 'REAL_ESTATE',
    schema: propertySchema,
    sdl: propertySdl,
    line,
    names: propertyNames,
    controls: createPropertyControls(call),
    expectedMs: 86_400_000,
    deadlineMs: 259_200_000,
  } as const;
  return createAgency(property, options);
}
