import 'reflect-metadata';
import { mkdtempSync, writeFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateCity } from '../../../mocks/city/city.ts';
import { readCourtRegistry } from '../../../common/court-registry.ts';
import { toCsv, toExport } from '../../../test/support/court-export.ts';
import { runImport } from '../../../cli/import/import.ts';
const registry = readCourtRegistry();
const city = generateCity({ seed: 'time', registry, casesPerCourt: Number(process.argv[2] ?? 300), today: '2018-01-31' });
const records = [...city.casesOf('苏0312')];
const dir = mkdtempSync('/tmp/imp-');
const ex = toExport(records);
writeFileSync(join(dir,'cases.csv'), '\ufeff'+toCsv(ex.cases)); writeFileSync(join(dir,'parties.csv'), '\ufeff'+toCsv(ex.parties));
console.log(dir, ex.cases.length, ex.parties.length);
const t = { out: (l:string)=>console.log('OUT',l), err: (l:string)=>console.log('ERR',l), rewrite: null };
for (let i=0;i<2;i++) { const s=performance.now(); const code = await runImport(['--court','苏0312','--data',join(dir,'data'),'--as-of','2018-01-30T18:00:00+08:00',join(dir,'cases.csv'),join(dir,'parties.csv')], {}, t); console.log('exit',code,((performance.now()-s)/1000).toFixed(1)); }
console.log(process.memoryUsage().rss/1e6);
