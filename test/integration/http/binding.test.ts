import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { openSmallDoor } from './small-door.ts';

it.each(['0.0.0.0', '::', '192.168.1.10', 'hub.court.example', '127.0.0.1.example', ''])(
  'refuses to listen on %j and says where it would',
  async (host) => {
    await expect(openSmallDoor({ host })).rejects.toThrow(/Choose 127\.0\.0\.1, ::1 or localhost/);
  },
);

it.each([
  ['127.0.0.1', /^http:\/\/127\.0\.0\.1:\d+$/],
  ['localhost', /^http:\/\/localhost:\d+$/],
])('listens on %s', async (host, url) => {
  await using small = await openSmallDoor({ host });
  expect(small.door.url).toMatch(url);
  expect((await fetch(`${small.door.url}/health`)).status).toBe(200);
});

it('says which port is taken and how to choose another', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  await expect(openSmallDoor({ port })).rejects.toThrow(
    `Port ${port} on 127.0.0.1 is in use; choose another with --port (PORT), 0 for any free one.`,
  );
  other.close();
});

it.each([-1, 65_536, 1.5, Number.NaN])('refuses %d as a port', async (port) => {
  await expect(openSmallDoor({ port })).rejects.toThrow(/whole number from 0 .* to 65535/);
});
