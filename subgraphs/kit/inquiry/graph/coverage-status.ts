import { registerEnumType } from 'type-graphql';

/** The words of the court contract for what became of a question. */
export const coverageStatuses = {
  FOUND: 'FOUND',
  NONE: 'NONE',
  PENDING: 'PENDING',
  REFUSED: 'REFUSED',
  TIMEOUT: 'TIMEOUT',
  UNREACHABLE: 'UNREACHABLE',
  NOT_ASKED: 'NOT_ASKED',
  DEGRADED: 'DEGRADED',
} as const;
export type CoverageStatus = keyof typeof coverageStatuses;

registerEnumType(coverageStatuses, {
  name: 'CoverageStatus',
  description: 'What became of a question to a court or an agency (覆盖状态).',
  valuesConfig: {
    FOUND: { description: 'Answered, with records (查有结果).' },
    NONE: { description: 'Answered: nothing on record (查无).' },
    PENDING: { description: 'Asked, not answered yet (待反馈).' },
    REFUSED: { description: 'May not be asked, or the request was returned (拒绝或回退).' },
    TIMEOUT: { description: 'No answer within the deadline (超时).' },
    UNREACHABLE: { description: 'Cannot be reached, or its answer cannot be read (无法连通).' },
    NOT_ASKED: { description: 'The question itself excludes it (未查询).' },
    DEGRADED: { description: 'Answered in part (部分反馈).' },
  },
});
