import type { Container, Pod } from '@kubedrill/kube-model';
import { findImage } from '../../src/images/catalogue.ts';
import type { ConnectionContext, ContainerContext, ProcessModel } from '../../src/images/image-model.ts';
import type { HttpResponse } from '../../src/network/flow.ts';
import { smallNetwork } from '../exec/small-network.ts';

export interface Start {
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
  readonly ports?: Container['ports'];
  readonly workingDir?: string;
}

export function start(
  image: string,
  { command, args, env = {}, files = {}, ports, workingDir }: Start = {},
  network = false,
): ProcessModel {
  const container: Container = {
    name: 'main',
    image,
    ...(command && { command }),
    ...(args && { args }),
    ...(ports && { ports }),
    ...(workingDir && { workingDir }),
  };
  const pod: Pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'web-1',
      namespace: 'default',
      uid: 'u',
      resourceVersion: '1',
      creationTimestamp: '2026-01-01T00:00:00Z',
    },
    spec: { containers: [container] },
    status: { podIP: '10.244.1.5' },
  };
  const context: ContainerContext = {
    pod,
    container,
    argv: [...(command ?? []), ...(args ?? [])],
    env,
    hostname: 'web-1',
    files: new Map(Object.entries(files)),
    ...(network && { network: smallNetwork }),
  };
  const found = findImage(image);
  if (found.kind !== 'model' && found.kind !== 'unknown') throw new Error(`no image ${image}`);
  return found.model.start(context);
}

export const connection: ConnectionContext = {
  clientAddress: '10.244.2.9',
  clientPort: 40_001,
  serverAddress: '10.244.1.5',
  serverPort: 80,
  now: Date.UTC(2026, 0, 2, 3, 4, 5),
  network: smallNetwork,
};

export function get(
  process: ProcessModel,
  path: string,
  port?: number,
  headers: Record<string, string> = { Host: 'web' },
): HttpResponse | 'closed' {
  const listener = process.listeners.find((candidate) => port === undefined || candidate.port === port);
  if (listener?.application.kind !== 'http') throw new Error('nothing speaks HTTP there');
  return listener.application.respond({ method: 'GET', path, headers }, connection);
}

export function sockets({ listeners }: ProcessModel): string[] {
  return listeners.map(
    ({ port, protocol, address }) => `${address === '127.0.0.1' ? 'local ' : ''}${port}/${protocol}`,
  );
}

export const sh = (script: string): Start => ({ command: ['sh', '-c', script] });
