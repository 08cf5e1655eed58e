import { randomInt } from 'node:crypto';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { PrismaSandboxStore, type Database } from '@kubedrill/persistence';
import { ProcessHosts, SandboxGateway } from '@kubedrill/sandbox';
import {
  hostedSandbox,
  LearnerSandboxes,
  type ExerciseCatalogue,
  type InstanceStore,
  type TroubleReport,
} from '@kubedrill/submissions';
import type { ApiConfig } from '../config.ts';
import { kubectlAddress, type KubectlAddress } from '../sandboxes/kubectl-address.ts';
import { SandboxTokens } from '../sandboxes/sandbox-token.ts';
import { newSortableId } from './sortable-id.ts';
import { sessionSecret } from './session-secret.ts';

export interface SandboxesParts {
  readonly database: Database;
  readonly catalogue: ExerciseCatalogue;
  readonly instances: InstanceStore;
  readonly now: () => Date;
  readonly reportTrouble: TroubleReport;
}

/** Learners' sandboxes, running. */
export interface RunningSandboxes {
  readonly sandboxes: LearnerSandboxes;
  readonly gateway: SandboxGateway;
  readonly tokens: SandboxTokens;
  readonly address: KubectlAddress;
  close(): Promise<void>;
}

const seeds = 2 ** 32;
const hour = 3_600_000;
const snapshotsEach = 20;
const expiryInterval = 60_000;

export async function startSandboxes(config: ApiConfig, parts: SandboxesParts): Promise<RunningSandboxes> {
  const { database, catalogue, instances, now, reportTrouble } = parts;
  const { hosts: processes, memoryLimitMebibytes, perLearner, idleHours, tlsPort } = config.sandboxes;
  const data = path.dirname(path.resolve(config.databaseUrl.slice('file:'.length)));
  const folder = path.join(data, 'sandboxes');
  const hosts = new ProcessHosts({ folder, hosts: processes, memoryLimitMebibytes, reportTrouble });
  const tokens = new SandboxTokens(sessionSecret(config.sessionSecret, config.databaseUrl));
  const sandboxes = new LearnerSandboxes({
    store: new PrismaSandboxStore(database),
    hosts,
    catalogue,
    instances,
    now,
    newId: newSortableId,
    newSeed: () => randomInt(seeds),
    tokenDigest: (id) => tokens.digestOf(id),
    reportTrouble,
    bounds: { perLearner, idleTime: idleHours * hour, snapshots: snapshotsEach },
  });
  const gateway = new SandboxGateway({ hosts, admission: (id) => admitted(id, sandboxes, catalogue) });
  let entrance: Server | undefined;
  const address = await kubectlAddress(config, () => (entrance?.address() as AddressInfo).port);
  if (address.certificate) entrance = await openEntrance(gateway, address.certificate, tlsPort, config.host);
  const expiry = setInterval(() => void sandboxes.removeExpired(), expiryInterval).unref();
  return {
    sandboxes,
    gateway,
    tokens,
    address,
    close: async () => {
      clearInterval(expiry);
      entrance?.closeAllConnections();
      entrance?.close();
      await hosts.close();
    },
  };
}

async function admitted(id: string, sandboxes: LearnerSandboxes, catalogue: ExerciseCatalogue) {
  const sandbox = await sandboxes.find(id);
  if (!sandbox) return undefined;
  await sandboxes.use(sandbox);
  return { tokenDigest: sandbox.tokenDigest, sandbox: await hostedSandbox(sandbox, catalogue) };
}

/** For kubectl alone, which sends tokens over TLS only. */
async function openEntrance(
  gateway: SandboxGateway,
  { key, cert }: NonNullable<KubectlAddress['certificate']>,
  port: number,
  host: string,
): Promise<Server> {
  const server = createServer({ key, cert }, (incoming, outgoing) => gateway.answer(incoming, outgoing));
  server.on('upgrade', (incoming, socket, head) => gateway.upgrade(incoming, socket, head));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return server;
}
