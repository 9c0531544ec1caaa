/** `nonet hub-key`: the key of the hub follows another while everything runs. */

import { chownSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs';

import { toPublicJwk } from '../common/proof.ts';
import { UsageFault, type Command } from './command.ts';
import { openSettings } from './settings.ts';
import { readData } from './start/common-settings.ts';
import {
  hubKeyFiles,
  keepHubKeys,
  newHubKey,
  readHubKey,
  readHubKeySet,
  toKeySet,
  toPem,
  writeWhole,
} from './start/hub-key.ts';

export const hubKey: Command = {
  help: [
    'Usage: nonet hub-key show|add|use|drop [--data DIR]',
    '',
    'The hub signs each question; courts and agencies answer what is signed by a key that they know. hub.key is the key',
    'of the hub and stays with it; hub-keys.json is what every program is given. One key follows another in three steps,',
    'and no request fails between them:',
    '  show          which keys there are; makes the first one when there is none',
    '  add           makes the next key (hub.key.next) and adds its public half to hub-keys.json: give that file to every',
    '                program (--hub-keys), which takes it within two seconds',
    '  use           the hub signs with the next key from now on (--hub-key, taken likewise)',
    '  drop          hub-keys.json holds the key in use alone: give it to every program again',
    '  --data DIR    where the files are (NONET_DATA, default data)',
  ].join('\n'),
  run(args) {
    const settings = openSettings(args, process.env, { data: 'string' }, 'show, add, use or drop');
    const data = readData(settings);
    settings.check();
    const [step, ...others] = settings.words;
    const work = steps.get(step ?? '');
    if (!work || others.length > 0) throw new UsageFault('say one of show, add, use, drop.');
    mkdirSync(data, { recursive: true, mode: 0o700 });
    keepHubKeys(data, 'any');
    work(data);
    show(data);
    return Promise.resolve(0);
  },
};

const steps: ReadonlyMap<string, (data: string) => void> = new Map([
  ['show', () => undefined],
  ['add', add],
  ['use', use],
  ['drop', drop],
]);

function add(data: string): void {
  const { publicFile } = hubKeyFiles(data);
  const next = nextFile(data);
  if (existsSync(next)) throw new Error(`${next} is there already; take it with nonet hub-key use.`);
  const key = newHubKey();
  writeWhole(next, toPem(key), 0o600);
  writeWhole(publicFile, toKeySet([...readHubKeySet(publicFile), toPublicJwk(key)]), 0o644);
}

function use(data: string): void {
  const { privateFile, publicFile } = hubKeyFiles(data);
  const next = nextFile(data);
  if (!existsSync(next)) throw new Error(`there is no next key in ${data}; make one with nonet hub-key add.`);
  const { kid } = readHubKey(next, 'any');
  if (!readHubKeySet(publicFile).some((key) => key.kid === kid)) {
    throw new Error(`the next key does not stand in ${publicFile}; no program would answer it.`);
  }
  // Root makes it for the user that the hub runs as, who has to read it.
  const { uid, gid } = statSync(privateFile);
  if (statSync(next).uid !== uid) chownSync(next, uid, gid);
  renameSync(next, privateFile);
}

function drop(data: string): void {
  const { privateFile, publicFile } = hubKeyFiles(data);
  if (existsSync(nextFile(data))) throw new Error('the next key is not in use yet; take it with nonet hub-key use.');
  writeWhole(publicFile, toKeySet([toPublicJwk(readHubKey(privateFile, 'any').privateKey)]), 0o644);
}

function show(data: string): void {
  const { privateFile, publicFile } = hubKeyFiles(data);
  console.log(`in use   ${readHubKey(privateFile, 'any').kid}   ${privateFile}`);
  if (existsSync(nextFile(data))) console.log(`next     ${readHubKey(nextFile(data), 'any').kid}   ${nextFile(data)}`);
  for (const { kid } of readHubKeySet(publicFile)) console.log(`answered ${kid}   ${publicFile}`);
}

function nextFile(data: string): string {
  return `${hubKeyFiles(data).privateFile}.next`;
}
