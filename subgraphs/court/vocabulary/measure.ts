import { coerciveMeasures, controlActions } from '../../../common/vocabulary.ts';
import { registerWords } from './register.ts';

export const ControlActionEnum = registerWords(
  'ControlAction',
  'What was done to a piece of property (控制措施).',
  controlActions,
  {
    FREEZE: '冻结: frozen.',
    RENEW: '续行: renewed before it expired.',
    RELEASE: '解除: released.',
    DEDUCT: '扣划: deducted.',
    SEAL: '查封: sealed.',
    SEIZE_PHYSICAL: '扣押: physically seized.',
    WAITLIST: '轮候: waiting behind an earlier measure.',
  },
);

export const CoerciveMeasureKindEnum = registerWords(
  'CoerciveMeasureKind',
  'What was done to somebody (强制措施).',
  coerciveMeasures,
  {
    FORCED_SUMMONS: '拘传: summoned by force.',
    JUDICIAL_DETENTION: '司法拘留: detained.',
    FINE: '罚款: fined.',
    SEARCH: '搜查: searched.',
    EXIT_BAN: '限制出境: not allowed to leave the country.',
    EVICTION: '强制迁出: evicted.',
    CONSUMPTION_RESTRICTION: '限制消费: high consumption restricted.',
    DISHONEST_LIST: '失信被执行人名单: on the list of dishonest debtors.',
    CRIMINAL_REFERRAL: '移送追究刑事责任: referred for prosecution.',
  },
);
