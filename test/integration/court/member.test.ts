import { afterAll, beforeAll, expect, test } from 'vitest';

import { personKeyMark } from '../../../common/person-id.ts';
import { courtSdl } from '../../../subgraphs/court/schema.ts';
import { createCourts, personKey, tongshan, type Courts } from './court.ts';

let courts: Courts;
beforeAll(async () => {
  courts = await createCourts();
}, 60_000);
afterAll(() => courts.stop());

test('a court says whose rows it has, under which contract and with which key, beside a contract that does not show it', async () => {
  const running = await courts.start([]);
  const { data, errors } = await running.ask(
    '{ _service { sdl } _member { court contractVersion personKeyMark now } }',
  );
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    _service: { sdl: courtSdl },
    _member: {
      court: tongshan.code,
      contractVersion: '1.0',
      personKeyMark: personKeyMark(personKey),
      now: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string,
    },
  });
  expect(courtSdl).not.toContain('_member');
});
