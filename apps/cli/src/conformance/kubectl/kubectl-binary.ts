import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import type { ClientVersion } from './transcript.ts';

/** This file lies in apps/cli/{src,dist}/conformance/kubectl. */
const root = path.resolve(import.meta.dirname, '../../../../..');

/** The real kubectl of that version; fetched when it is not here yet (tools/kubectl-clients). */
export function kubectlBinary(version: ClientVersion): string {
  const binary = path.join(root, '.cache/kubectl-clients', version, 'kubectl');
  if (existsSync(binary)) return binary;
  const installer = path.join(root, 'tools/kubectl-clients/install.mjs');
  const { status, stderr } = spawnSync(process.execPath, [installer], { encoding: 'utf8' });
  if (status === 0 && existsSync(binary)) return binary;
  throw new MissingClient(`there is no kubectl ${version} here, and it could not be fetched:\n${stderr}`);
}

/** The session was not replayed, for want of the client. */
export class MissingClient extends Error {}
