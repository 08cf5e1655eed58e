import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { UnsupportedStep } from '../report.ts';
import type { ClientVersion } from './transcript.ts';

/** This file lies in apps/cli/{src,dist}/conformance/kubectl. */
const root = path.resolve(import.meta.dirname, '../../../../..');

/** Where real kubectl binaries are, and what brings them when they are not there. */
export interface ClientSource {
  readonly cache: string;
  readonly installer: string;
}

const ownSource: ClientSource = {
  cache: path.join(root, '.cache/kubectl-clients'),
  installer: path.join(root, 'tools/kubectl-clients/install.mjs'),
};

/** Finds the real kubectl of a version; fetches all of them when one is wanted that is not here. */
export function kubectlBinaries({ cache, installer } = ownSource): (version: ClientVersion) => string {
  let fetched: string | undefined;
  return (version) => {
    const binary = path.join(cache, version, 'kubectl');
    if (existsSync(binary)) return binary;
    // Once: what failed for one session fails for the others.
    fetched ??= spawnSync(process.execPath, [installer], { encoding: 'utf8' }).stderr;
    if (existsSync(binary)) return binary;
    throw new UnsupportedStep(
      `there is no kubectl ${version} here, and it could not be fetched: ${fetched.trim().replaceAll('\n', '\n    ')}`,
    );
  };
}
