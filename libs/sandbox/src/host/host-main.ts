/**
 * One host process: many sandboxes, whose Kubernetes APIs it serves over a socket in the file system. Who may ask has been looked at
 * by the platform. It may read code, and read and write journals; nothing else.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import process from 'node:process';
import type { Duplex } from 'node:stream';
import type { HostedSandbox } from '@kubedrill/submissions';
import { HostedCluster } from './hosted-cluster.ts';
import type { HostCall, HostMessage, NumberedCall } from './host-protocol.ts';
import { JournalFolder } from './journal-folder.ts';
import { refuse } from './kube-refusal.ts';
import { MemoryJournals } from './memory-journals.ts';

/** How often those are brought to the present whom somebody watches, and all others. */
const watchedTick = 50;
const idleTick = 30_000;
/** Longer than the platform keeps a connection that is not in use. */
const keepAlive = 65_000;

const [, , folder = '', socket = ''] = process.argv;
const channel = process.send?.bind(process);
if (channel === undefined) throw new Error('this program is started by the platform');
const send = (message: HostMessage): void => void channel(message);

const journals = new JournalFolder(folder);
const clusters = new Map<string, HostedCluster>();

const server = createServer({ keepAliveTimeout: keepAlive, requestTimeout: 0 }, (incoming, outgoing) => {
  serve(incoming, outgoing);
});

server.on('upgrade', (incoming, socket: Duplex, head) => {
  socket.on('error', () => socket.destroy());
  const cluster = addressed(incoming);
  if (cluster) cluster.upgrade(incoming, socket, head);
  else socket.destroy();
});

function serve(incoming: IncomingMessage, outgoing: ServerResponse): void {
  const cluster = addressed(incoming);
  if (cluster) cluster.answer(incoming, outgoing);
  else refuse(outgoing, 'absent', 1);
}

/** "/<id>/api/v1/pods": what is behind the id is what the cluster's API server is asked for. */
function addressed(incoming: IncomingMessage): HostedCluster | undefined {
  const url = incoming.url ?? '/';
  const end = url.indexOf('/', 1);
  incoming.url = end < 0 ? '/' : url.slice(end);
  const id = url.slice(1, end < 0 ? undefined : end);
  const cluster = clusters.get(id);
  if (!cluster?.isBroken) return cluster;
  ended(id);
  send({ kind: 'gone', id });
  return undefined;
}

function ended(id: string): void {
  clusters.get(id)?.close();
  clusters.delete(id);
}

function hosted(id: string): HostedCluster {
  const cluster = clusters.get(id);
  if (!cluster) throw new Error(`sandbox ${id} is not here`);
  return cluster;
}

async function carryOut(call: HostCall): Promise<unknown> {
  switch (call.do) {
    case 'ping':
      return true;
    case 'open': {
      const { id } = call.sandbox;
      ended(id);
      const cluster = await HostedCluster.make(call.sandbox, journals);
      clusters.set(id, cluster);
      return true;
    }
    case 'close':
      ended(call.id);
      return true;
    case 'look': {
      const cluster = hosted(call.id);
      cluster.tick();
      return cluster.progress;
    }
    case 'connect':
      return hosted(call.id).connect(call.probe);
  }
}

async function answer({ number, call }: NumberedCall): Promise<void> {
  try {
    send({ kind: 'done', number, value: await carryOut(call) });
  } catch (error) {
    send({ kind: 'failed', number, message: error instanceof Error ? error.message : String(error) });
  }
}

setInterval(() => {
  for (const cluster of clusters.values()) if (cluster.isWatched) cluster.tick();
}, watchedTick);
setInterval(() => {
  for (const cluster of clusters.values()) cluster.tick();
}, idleTick);

process.on('message', (message: NumberedCall) => void answer(message));
// Without the platform there is nobody to serve.
process.on('disconnect', () => process.exit());
/** Code that has run once is quick: the first sandbox is made as fast as the next. */
const rehearsal: HostedSandbox = {
  ...{ id: 'rehearsal', startedAt: Date.now(), speed: 1 },
  origin: { kind: 'bare', seed: 1, nodes: 3, proxyMode: 'iptables' },
};
for (let time = 0; time < 3; time += 1) (await HostedCluster.make(rehearsal, new MemoryJournals())).close();

server.listen(socket, () => send({ kind: 'ready' }));
