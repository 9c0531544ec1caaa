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

/** As a hub tells a program that it asks for the auditor. */
export const auditorHeaders: Readonly<Record<string, string>> = { [viewerHeader]: JSON.stringify(toClaims(auditor)) };
