import type { GraphQLSchema } from 'graphql';
import type { AgencyCode } from '../../../common/vocabulary.ts';
import { createProgram, type Program } from '../program.ts';
import { createDesk, type Line } from './desk.ts';
import { createInquire, type Inquire } from './inquire.ts';
import type { UpstreamAddress } from './call.ts';

/** How an agency's program is started; times are milliseconds. */
export interface AgencyOptions {
  readonly upstream: UpstreamAddress;
  readonly now: () => Date;
  /** How long a reader waits for an answer before it is PENDING; 2,000 by default. */
  readonly waitMs?: number;
  /** How long the agency has to answer before the inquiry is TIMEOUT. */
  readonly deadlineMs?: number;
  /** How long a stored answer is given without asking again; ten minutes by default. */
  readonly freshMs?: number;
  /** Told of failures that are ours. */
  readonly onFault?: (error: Error) => void;
}

/** What is the agency's own in its program. */
export interface Agency<Row> {
  readonly code: AgencyCode;
  readonly schema: GraphQLSchema;
  readonly sdl: string;
  readonly line: Line<Row>;
  readonly expectedMs: number;
  readonly deadlineMs: number;
}

/** What the resolvers of an agency stand on. */
export interface AgencyContext<Row> {
  readonly inquire: Inquire<Row>;
}

/** Starts an agency's program: its schema over a desk that asks the agency by its line. */
export function createAgency<Row>(agency: Agency<Row>, options: AgencyOptions): Program {
  const { now, waitMs = 2_000, deadlineMs = agency.deadlineMs, freshMs = 600_000, onFault } = options;
  const desk = createDesk({ line: agency.line, now, waitMs, expectedMs: agency.expectedMs, deadlineMs, freshMs });
  const context: AgencyContext<Row> = { inquire: createInquire(agency.code, desk, now) };
  const { schema, sdl } = agency;
  const program = createProgram({ schema, sdl, context: () => context, ...(onFault && { onFault }) });
  return {
    ...program,
    stop: async () => {
      // The desk first: it lets go of the readers whom the program waits for.
      await desk.stop();
      await program.stop();
    },
  };
}
