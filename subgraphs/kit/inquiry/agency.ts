import type { GraphQLSchema } from 'graphql';
import { z } from 'zod';
import { remainingMsOf } from '../../../common/deadline.ts';
import { inquiryExtension, longestPurpose, type InquiryTerms } from '../../../common/inquiry-terms.ts';
import type { Identity } from '../../../common/identity.ts';
import type { PersonKey } from '../../../common/person-id.ts';
import type { AgencyCode } from '../../../common/vocabulary.ts';
import type { Question } from '../../../common/wire.ts';
import type { Database } from '../database/database.ts';
import { createProgram, type Program } from '../program.ts';
import { viewerOf } from '../viewer.ts';
import { createCarryOut, type CarryOut } from '../control/carry-out.ts';
import type { ControlAnswer, NamedProperty, OrderedMeasure } from '../control/measure.ts';
import { outdating } from '../control/outdating.ts';
import type { HandIn } from './answers-door.ts';
import type { Bell } from './bell.ts';
import type { UpstreamAddress } from './call.ts';
import { openDatabaseStore, type TicketTable } from './database-store.ts';
import { openDesk } from './desk.ts';
import { createInquire, type Inquire } from './inquire.ts';
import type { Line } from './line.ts';
import { claimForMarking } from './mark-key.ts';
import { createMarking } from './marks.ts';
import { isMasked } from './mask.ts';
import { createMemoryStore } from './memory-store.ts';
import { underContractNames, type OtherNames } from './names.ts';
import { permissionOf } from './permission.ts';

/** How an agency's program is started; times are milliseconds. */
export interface AgencyOptions {
  readonly upstream: UpstreamAddress;
  readonly now: () => Date;
  /** Its own schema, where its tickets are; whoever opened it stops it after the program. Without one they are in memory. */
  readonly database?: Database;
  /** The city's key: tickets are then marked by it. A schema that was marked by one is opened with that one alone. */
  readonly personKey?: PersonKey | null;
  /** Whether another program of this agency may work on the same schema; not so by default. */
  readonly shared?: boolean;
  /** Rung among the programs on a shared schema; whoever made it stops it after the program. */
  readonly bell?: Bell;
  /** How long a reader waits for an answer before it is PENDING, unless the request says; 2,000 by default. */
  readonly waitMs?: number;
  /** How long the agency has to answer before the inquiry is TIMEOUT. */
  readonly deadlineMs?: number;
  /** How long a stored answer is given without asking again, unless the request says; ten minutes by default. */
  readonly freshMs?: number;
  /** A program on a shared schema that was not heard of for so long has died; 15,000 by default. */
  readonly leaseMs?: number;
  /** Told of failures that are ours. */
  readonly onFault?: (error: Error) => void;
}

/** What is the agency's own in its program. */
export interface Agency<Row> {
  readonly code: AgencyCode;
  readonly schema: GraphQLSchema;
  readonly sdl: string;
  readonly line: Line<Row>;
  /** What its upstream also calls the contract's columns. */
  readonly names: OtherNames;
  /** By which measures are handed in. */
  readonly controls: Line<ControlAnswer>;
  /** The property that an order names in part, by what was answered about its owner. */
  readonly named?: (measure: OrderedMeasure, records: readonly Row[]) => NamedProperty;
  /** What has come of a question that is still open; nothing unless the agency answers piece by piece. */
  readonly arrived?: (requestNumber: string) => readonly Row[] | null;
  readonly expectedMs: number;
  readonly deadlineMs: number;
}

/** A running program of an agency. */
export interface AgencyProgram extends Program {
  /** Takes an answer that the agency gives without being asked; rejects when the program was stopped. */
  readonly handIn: HandIn;
}

/** What the resolvers of an agency stand on. */
export interface AgencyContext<Row> {
  readonly inquire: Inquire<Row>;
  readonly carryOut: CarryOut;
  readonly arrived: (requestNumber: string) => readonly Row[] | null;
}

/** Starts an agency's program: its schema over a desk that asks the agency by its line, and goes on with what is open. */
export async function createAgency<Row>(agency: Agency<Row>, options: AgencyOptions): Promise<AgencyProgram> {
  const { now, database, bell, shared = false, waitMs = 2_000, freshMs = 600_000, leaseMs = 15_000 } = options;
  const { onFault = (fault: Error) => process.emitWarning(fault) } = options;
  const { schema, sdl, code, line, names, controls, named, expectedMs, arrived = () => null } = agency;
  const openStore = <Own>(table: TicketTable) =>
    database === undefined ? createMemoryStore<Own>() : openDatabaseStore<Own>(database, table);
  const marking = createMarking(options.personKey ?? null);
  const store = await openStore<Row>('ticket');
  if (database !== undefined) await claimForMarking(database, marking);
  const deadlineMs = options.deadlineMs ?? agency.deadlineMs;
  const patience = { expectedMs, deadlineMs, leaseMs };
  const setting = { now, marking, ...patience, alone: !shared, bell, onFault };
  const desk = await openDesk({ line, store, ...setting });
  const controlStore = await openStore<ControlAnswer>('control');
  const controlDesk = await openDesk({
    line: outdating(controls, store, marking),
    store: controlStore,
    ...setting,
  });
  const nameProperty = async (measure: OrderedMeasure, identity: Identity): Promise<NamedProperty> =>
    named !== undefined && isMasked(measure.property)
      ? named(measure, await store.recordsAbout(marking.personMarks(identity)))
      : measure;
  const context = (
    headers: Readonly<Record<string, string>>,
    { extensions }: Question,
    signal: AbortSignal,
  ): AgencyContext<Row> => {
    const terms = readTerms(extensions);
    const permission = permissionOf(viewerOf(headers), extensions);
    const wish = { maxAgeMs: terms.maxAgeMs ?? freshMs, waitMs: withinDeadline(terms.waitMs ?? waitMs, signal) };
    const asked = { agency: code, now, purpose: terms.purpose, permission };
    return {
      inquire: createInquire({ ...asked, desk, wish }),
      carryOut: createCarryOut({
        ...asked,
        desk: controlDesk,
        store: controlStore,
        marking,
        waitMs: wish.waitMs,
        nameProperty,
      }),
      arrived,
    };
  };
  const program = createProgram({ schema, sdl, context, onFault });
  return {
    ...program,
    handIn: async (answer) => {
      const tellings = line.hear?.(underContractNames(answer, names)) ?? null;
      return tellings && desk.handIn(tellings);
    },
    stop: async () => {
      // The desks first: they let go of the readers whom the program waits for.
      await Promise.all([desk.stop(), controlDesk.stop()]);
      await program.stop();
    },
  };
}

const termsSchema = z.object({
  maxAgeMs: z.number().nonnegative().optional(),
  waitMs: z.number().nonnegative().optional(),
  purpose: z.string().max(longestPurpose).optional(),
});

/** What the hub says for the whole request. What is none of its words is not heard: the hub has judged them. */
function readTerms(extensions: Question['extensions']): InquiryTerms {
  return termsSchema.safeParse(extensions?.[inquiryExtension]).data ?? {};
}

/** A PENDING in time is worth more than an answer that nobody waits for any more: a tenth of the time is left for the way. */
function withinDeadline(waitMs: number, signal: AbortSignal): number {
  return Math.min(waitMs, (remainingMsOf(signal) ?? Infinity) * 0.9);
}
