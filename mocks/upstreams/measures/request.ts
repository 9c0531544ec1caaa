import { z } from 'zod';
import { requestSchema } from '../request.ts';

const column = z.string().nullish();

/** 控制请求: the stem, what is to be done (KZCS), with which property, and the request that it goes back to (YDJDH). */
export const controlRequestSchema = requestSchema.extend({
  CKWH: column,
  KZCS: column,
  JE: column,
  KSRQ: column,
  JSRQ: column,
  YDJDH: column,
  KZLX: column,
  KZNR: column,
  YHMC: column,
  KHZH: column,
  BZ: column,
  CLBS: column,
  BDCDYH: column,
});
export type ControlRequest = z.infer<typeof controlRequestSchema>;

/** What an agency has done, without the request's number and the hour. */
export interface Done {
  /** 1 success, 2 failed. */
  readonly KZZT: '1' | '2';
  readonly WNKZYY: string | null;
  readonly SKJE: string | null;
  readonly CSKSRQ: string | null;
  readonly CSJSRQ: string | null;
  readonly LHXH: number | null;
}

/** Why it could not be done. */
export function failed(reason: string): Done {
  return { KZZT: '2', WNKZYY: reason, SKJE: null, CSKSRQ: null, CSJSRQ: null, LHXH: null };
}

/** It was done: effective at once, or in waiting with no term of its own. */
export function done(place: Pick<Done, 'CSKSRQ' | 'CSJSRQ' | 'LHXH'>, SKJE: string | null = null): Done {
  return { KZZT: '1', WNKZYY: null, SKJE, ...place };
}
