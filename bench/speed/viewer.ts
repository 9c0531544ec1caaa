/** Who asks in the benchmarks. */

import { parseViewer } from '../../common/viewer.ts';

/** An officer of the intermediate court's command centre: agencies and courts show him what they have. */
export const benchViewer = parseViewer({ sub: 'bench', role: 'command-centre', court: '苏03' });
