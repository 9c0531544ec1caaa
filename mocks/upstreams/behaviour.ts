import { z } from 'zod';
import { faultNames, type Fault } from './faults/fault.ts';

/** The endpoints of the three upstreams. */
export const endpoints = ['submit', 'poll', 'query', 'control', 'controlPoll'] as const;
export type Endpoint = (typeof endpoints)[number];

/** At most so many calls in a window of real time; one more gets 429 and when the next window begins. */
export interface Quota {
  readonly calls: number;
  readonly windowMs: number;
}

/** How an upstream behaves: as agreed, unless said otherwise. */
export interface Behaviour {
  /** Real milliseconds that every HTTP answer waits. */
  readonly delayMs?: number | undefined;
  readonly fault?: Fault | undefined;
  /** Names of the debtors whom a fault of the answer strikes; everybody by default. */
  readonly only?: readonly string[] | undefined;
  /** The endpoint that a fault of the line strikes; every one by default. */
  readonly on?: Endpoint | undefined;
  readonly quota?: Quota | undefined;
  /** Polls find nothing: answers are handed in when they are ready. */
  readonly callBack?: boolean | undefined;
}

/** Reads a behaviour that somebody wrote: unknown columns and words are faults. */
export const behaviourSchema = z.strictObject({
  delayMs: z.int().min(0).max(600_000).optional(),
  fault: z.enum(faultNames).optional(),
  only: z.array(z.string().min(1)).min(1).optional(),
  on: z.enum(endpoints).optional(),
  quota: z.strictObject({ calls: z.int().min(1), windowMs: z.int().min(1).max(86_400_000) }).optional(),
  callBack: z.boolean().optional(),
}) satisfies z.ZodType<Behaviour>;

/** How many days a slow agency is late. */
export const slowDays = 3;
