import { caseNumberFromKey } from '../../common/case-number.ts';
import type { Viewer } from '../../common/viewer.ts';
import { knownOwner } from '../kit/caller-errors.ts';
import { forbidden, notFound } from './errors.ts';
import type { CourtSetting } from './setting.ts';

/** All legal documents are signed by the quota judge; the case is his court's. Throws FORBIDDEN with the rule for everybody else. */
export function judgeOf(
  caseKey: string,
  viewer: Viewer | null,
  { court, registry }: CourtSetting,
  rule: string,
): Viewer {
  const owner = knownOwner('input.caseNumber', caseNumberFromKey(caseKey), registry);
  if (owner.code !== court.code) throw notFound('input.caseNumber', 'this court has no such case');
  if (viewer?.role !== 'judge' || viewer.court !== court.code) throw forbidden(rule);
  return viewer;
}
