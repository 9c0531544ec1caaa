/** Where parts are when nobody chose otherwise: the same for `--processes` and for a part alone, so that they find each other. */

import { join } from 'node:path';

import type { UpstreamName } from '../../../mocks/upstreams/upstreams.ts';

/** The hub is 100 below the first of its parts. */
export const firstPartPort = 4100;

/** Places of the agencies, their mocks and the command centre after the first port; courts follow. */
const places: Readonly<Record<string, number>> = { mocks: 0, bank: 1, vehicle: 2, property: 3, command: 4 };
const firstCourt = 10;

/** The port of mocks, an agency or the command centre. */
export function portOf(part: string, first = firstPartPort): number {
  return first + (places[part] ?? 0);
}

/** The port of a court by its place in the registry. */
export function portOfCourt(index: number, first = firstPartPort): number {
  return first + firstCourt + index;
}

/** Where one upstream is below the address of the mocks. */
export function urlOfMock(mocks: string, upstream: UpstreamName): string {
  return `${mocks}/${upstream}`;
}

/** Where an agency's program takes answers that it did not ask for. */
export const answersPath = '/answers';

/** The variable with the secret by which it takes them. */
export function answersSecretOf(agency: UpstreamName): string {
  return `${agency.toUpperCase()}_ANSWERS_SECRET`;
}

/** Who a court's part says it is. */
export function titleOfCourt(code: string): string {
  return `court ${code}`;
}

/** Where a court that runs alone keeps its rows, or at least the address of its admin door. */
export function directoryOfCourt(data: string, code: string): string {
  return join(data, 'courts', code);
}

/** Where a command centre that runs alone keeps its rows. */
export function directoryOfCommand(data: string): string {
  return join(data, 'command');
}

/** Where an agency that runs alone keeps its tickets. */
export function directoryOfAgency(data: string, name: string): string {
  return join(data, 'agencies', name);
}

/** Where people find what of a hub. */
export function addressesOfHub(url: string): readonly (readonly [string, string])[] {
  return [
    ['explorer', `${url}/`],
    ['graphql', `${url}/graphql`],
    ['health', `${url}/health  ${url}/ready`],
  ];
}
