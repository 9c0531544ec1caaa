/** The hub of one worker over a city that the process that started it holds. */

import { createPrivateKey } from 'node:crypto';

import { toSigningKey } from '../../../common/proof.ts';
import { createProving } from '../../../gateway/asking/proving.ts';
import { createRemote } from '../../../gateway/asking/remote.ts';
import { toAsking } from '../../../gateway/asking/settings.ts';
import { openOperating } from '../../operating/operating.ts';
import { createClock } from '../clock.ts';
import type { StartSettings } from '../embedded-settings.ts';
import { openHub, type OpenHub } from '../hub.ts';
import { keepPersonKey } from '../person-key.ts';
import { parseIssuerKey } from '../issuer-key.ts';
import { stacked } from '../stack.ts';
import { openViewers, toLocalViewers } from '../viewers.ts';
import type { HeldCity, WorkerTask } from './task.ts';

/** Opens the hub at the workers' port. */
export function openWorkersHub(
  settings: StartSettings,
  { number, port }: WorkerTask,
  city: HeldCity,
): Promise<OpenHub> {
  return stacked(async (stack) => {
    const operating = stack.keep(await openOperating(settings.operating, process.env, number));
    const asking = toAsking(settings.asking);
    // One connection more than questions at once: a breaker's probe waits for none of them.
    const remotes = { ...asking.answers, connections: asking.slots.court + 1 };
    const key = toSigningKey(createPrivateKey(city.hubKey));
    const prove = createProving(() => key);
    const courts = Object.entries(city.courts).map(
      ([code, address]) =>
        [code, stack.keep(createRemote(address, { ...remotes, proof: { audience: code, prove } }))] as const,
    );
    const issuerKey = city.issuerKey === null ? null : parseIssuerKey(city.issuerKey);
    const viewers = issuerKey ? toLocalViewers(issuerKey) : await openViewers(stack, settings.issuer!, operating.log);
    const { url } = stack.keep(
      await openHub({
        viewers,
        registry: settings.registry,
        registryFile: settings.registryFile ?? null,
        personKeyMark: city.personKeyMark,
        now: createClock(city.clockOffsetMs),
        graph: settings.graph ?? null,
        courts: new Map(courts),
        agencies: new Map(Object.entries(city.agencies)),
        command: city.command,
        prove,
        asking: settings.asking,
        trail: settings.trail,
        identitySearches: settings.identitySearches,
        personKey: settings.directory === null ? null : keepPersonKey(settings.directory),
        examples: city.examples,
        host: settings.host,
        port,
        worker: number,
        operating,
      }),
    );
    return { url };
  });
}
