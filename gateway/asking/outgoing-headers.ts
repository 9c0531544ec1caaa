/** What travels beside a question when it goes over a wire. */

import { isSpanContextValid, type SpanContext } from '@opentelemetry/api';

import { requestIdHeader } from '../../common/request-id.ts';
import { toClaims, type Viewer } from '../../common/viewer.ts';
import { viewerHeader } from '../../common/wire.ts';
import { toTraceparent, traceparentHeader } from '../operating/traceparent.ts';
import type { RequestContext } from '../request-context.ts';

/** The request's id, on whose behalf it is, and the trace that the call's span belongs to when there is one. */
export function outgoingHeaders(
  { record, viewer }: Pick<RequestContext, 'record'> & Partial<Pick<RequestContext, 'viewer'>>,
  span: SpanContext,
): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  headers[requestIdHeader] = record.id;
  if (viewer) headers[viewerHeader] = textOf(viewer);
  if (isSpanContextValid(span)) headers[traceparentHeader] = toTraceparent(span);
  return headers;
}

/** Written once for all questions of a request. */
function textOf(viewer: Viewer): string {
  const known = texts.get(viewer);
  if (known !== undefined) return known;
  const text = JSON.stringify(toClaims(viewer));
  texts.set(viewer, text);
  return text;
}

const texts = new WeakMap<Viewer, string>();
