import { toClaims, type Viewer } from '../common/viewer.ts';
import { viewerHeader } from '../common/wire.ts';

/** On whose behalf the audit asks. */
export const auditor: Viewer = {
  subject: 'audit',
  role: 'auditor',
  court: null,
  taskForces: [],
  workId: null,
  dutyCertificate: null,
};

/** On whose behalf task forces are made. */
const commandCentre: Viewer = { ...auditor, role: 'command-centre', court: '苏03' };

/** As a hub tells a program that it asks for the auditor. */
export const auditorHeaders: Readonly<Record<string, string>> = { [viewerHeader]: JSON.stringify(toClaims(auditor)) };

/** The same for the command centre of the intermediate court. */
export const commandCentreHeaders: Readonly<Record<string, string>> = {
  [viewerHeader]: JSON.stringify(toClaims(commandCentre)),
};
