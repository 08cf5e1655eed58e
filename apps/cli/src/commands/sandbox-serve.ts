import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { createCluster, type ProxyMode } from '@kubedrill/cluster-sim';
import { numberedNodes } from '@kubedrill/grader';
import { KubeApi, kubeconfig, loopbackCertificate, serveKubeApi, type KubeApiServer } from '@kubedrill/kube-api';
import { UsageError, type Command } from '../command.ts';
import type { Terminal } from '../terminal.ts';

const proxyModes: readonly ProxyMode[] = ['iptables', 'nftables', 'ipvs'];
const mostNodes = 500;
const highestPort = 65_535;
const fastest = 1_000;

export const sandboxServe: Command = {
  name: 'sandbox serve',
  usage: '[--port 0] [--nodes 3] [--proxy-mode MODE] [--speed 1] [--kubeconfig kubeconfig.yaml]',
  summary: 'Serves an empty simulated cluster to kubectl until it is stopped, and writes the kubeconfig for it.',
  async run(argv, terminal) {
    const options = readOptions(argv);
    const server = await serve(options);
    terminal.out(`The cluster listens on https://127.0.0.1:${server.port}. In another terminal:`);
    terminal.out(`  kubectl --kubeconfig ${options.kubeconfig} get nodes`);
    await untilStopped(terminal);
    await server.close();
    return 0;
  },
};

interface SandboxOptions {
  readonly port: number;
  readonly nodes: number;
  readonly proxyMode: ProxyMode;
  readonly speed: number;
  readonly kubeconfig: string;
}

function readOptions(argv: readonly string[]): SandboxOptions {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      port: { type: 'string', default: '0' },
      nodes: { type: 'string', default: '3' },
      'proxy-mode': { type: 'string', default: 'iptables' },
      speed: { type: 'string', default: '1' },
      kubeconfig: { type: 'string', default: 'kubeconfig.yaml' },
    },
  });
  const proxyMode = proxyModes.find((mode) => mode === values['proxy-mode']);
  if (!proxyMode) throw new UsageError(`--proxy-mode is one of ${proxyModes.join(', ')}, not ${values['proxy-mode']}`);
  return {
    port: numberIn('--port', values.port, { from: 0, to: highestPort }),
    nodes: numberIn('--nodes', values.nodes, { from: 1, to: mostNodes }),
    proxyMode,
    speed: numberIn('--speed', values.speed, { from: 1, to: fastest }),
    kubeconfig: values.kubeconfig,
  };
}

function numberIn(option: string, text: string, { from, to }: { readonly from: number; readonly to: number }): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < from || value > to)
    throw new UsageError(`${option} takes a whole number from ${from} to ${to}, not ${text}`);
  return value;
}

async function serve({ port, nodes, proxyMode, speed, kubeconfig: file }: SandboxOptions): Promise<KubeApiServer> {
  const cluster = createCluster({ nodes: numberedNodes(nodes), proxyMode, startTime: Date.now(), processes: 'inTime' });
  cluster.settle();
  const api = new KubeApi({ cluster, serverAddress: `127.0.0.1:${port}` });
  const certificate = await loopbackCertificate();
  const token = randomBytes(24).toString('base64url');
  const server = await serveKubeApi({ api, port, token, certificate, speed });
  const text = kubeconfig({ server: `https://127.0.0.1:${server.port}`, certificate: certificate.cert, token });
  writeFileSync(file, text, { mode: 0o600 });
  return server;
}

function untilStopped(terminal: Terminal): Promise<void> {
  return new Promise((resolve) => {
    const stop = (): void => {
      terminal.out('Stopped.');
      resolve();
    };
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
  });
}
