import { agencyCodes } from '../../../common/vocabulary.ts';
import { registerWords } from './register.ts';

export const AgencyCodeEnum = registerWords('AgencyCode', 'Who may be asked on a writ (协助单位).', agencyCodes, {
  BANK: '银行: banks.',
  VEHICLE: '车辆管理机关: the vehicle administration.',
  REAL_ESTATE: '不动产登记机构: the real-estate registry.',
});
