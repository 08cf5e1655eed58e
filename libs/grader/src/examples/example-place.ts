import {
  debianTools,
  FileSystem,
  networkTools,
  shell,
  type Cluster,
  type ExecEnvironment,
  type ExecResult,
  type Program,
  type ProxyMode,
  type VantagePoint,
} from '@kubedrill/cluster-sim';
import { runOnWorkstation, type Workstation } from '@kubedrill/kubectl';
import { podsOf } from '../observe/pods.ts';

/** Where a prompt stands: a host outside, a node, a Pod, or the first Pod of a Deployment; these perhaps with their namespace before a slash. */
export function placeNamed(cluster: Cluster, name: string): VantagePoint | undefined {
  if (cluster.options.externalHosts.some((host) => host.name === name)) return { kind: 'external', name };
  if (cluster.options.nodes.some((node) => node.name === name)) return { kind: 'node', name };
  const [namespace = '', pod = ''] = name.includes('/') ? name.split('/') : ['default', name];
  const found = cluster.view.get('Pod', namespace, pod) ?? podsOf(cluster, { deployment: pod, namespace })[0];
  return found && { kind: 'pod', namespace, name: found.metadata.name };
}

/** What a command prints there; undefined when there is no such place. */
export function runAt(
  cluster: Cluster,
  workstation: Workstation,
  place: string,
  script: string,
): ExecResult | undefined {
  if (place === '') return runOnWorkstation(cluster, workstation, script);
  const point = placeNamed(cluster, place);
  if (!point) return undefined;
  if (point.kind !== 'pod') return runOnHost(cluster, point, script);
  const result = cluster.exec({ namespace: point.namespace, pod: point.name }, ['sh', '-c', script]);
  // Who sits in the Pod's shell does not read what kubectl says of it.
  return { ...result, stderr: result.stderr.replace(/command terminated with exit code \d+\n$/, '') };
}

const maxSteps = 5_000;
const maxOutput = 1_048_576;

/** A shell on a machine with Debian's and the network's tools; nodes print kube-proxy's rules as well. */
function runOnHost(cluster: Cluster, from: VantagePoint & { kind: 'node' | 'external' }, script: string): ExecResult {
  const programs = [...debianTools, ...networkTools, ...(from.kind === 'node' ? ruleTools(cluster, from.name) : [])];
  const environment: ExecEnvironment = {
    hostname: from.name,
    variables: new Map([
      ['PATH', '/usr/local/bin:/usr/bin:/bin'],
      ['HOME', '/root'],
    ]),
    workingDirectory: '/root',
    files: new FileSystem([], new Map()),
    programs: new Map(programs.map((program) => [program.name, program] as const)),
    libc: 'glibc',
    processes: [],
    listeners: [],
    network: {
      hostname: from.name,
      files: new Map<string, string>(),
      ask: (server, question) => cluster.dataPlane.ask(from, server, question),
      connect: (probe) => cluster.connect({ ...probe, from }),
    },
    now: cluster.clock.now(),
    budget: { steps: maxSteps, output: maxOutput },
  };
  return shell('bash', 'bash').run(['bash', '-c', script], '', environment);
}

/** How each mode's own tool shows the rules: the whole of a node's programs that the simulation has. */
const ruleCommands: Readonly<Record<ProxyMode, string>> = {
  iptables: 'iptables-save',
  nftables: 'nft list table ip kube-proxy',
  ipvs: 'ipvsadm -Ln',
};

function ruleTools(cluster: Cluster, node: string): readonly Program[] {
  const command = ruleCommands[cluster.options.proxyMode];
  const [name = ''] = command.split(' ');
  return [
    {
      name,
      run: (argv) =>
        argv.join(' ') === command
          ? { stdout: cluster.proxyRules(node), stderr: '', exitCode: 0, elapsed: 0 }
          : { stdout: '', stderr: `${name}: nothing but "${command}" is available here\n`, exitCode: 1, elapsed: 0 },
    },
  ];
}
