import {
  BackgroundJobs,
  FileSystem,
  absolutePath,
  debianTools,
  serve,
  shell,
  type Cluster,
  type ExecEnvironment,
  type ExecResult,
  type Program,
} from '@kubedrill/cluster-sim';
import type { CommandHost, ServerDocuments } from './invocation.ts';
import { initialKubeconfig } from './kubeconfig.ts';
import { runKubectl } from './run-kubectl.ts';

/** Where a user sits: a shell with kubectl beside the cluster. What it writes into files stays for the next script. */
export interface Workstation {
  readonly namespace: string;
  readonly files: Map<string, string>;
  /** Absent: nothing but objects is served. */
  readonly server?: ServerDocuments;
  /** What lies in .kube/config from the start; absent: a context of the cluster's own. */
  readonly kubeconfig?: string;
}

export const workstationHome = '/root';

/** A script may take so many steps and write so many characters. */
const maxSteps = 5_000;
const maxOutput = 1_048_576;

/** `bash -c SCRIPT`. Time in the cluster passes as the script takes it. */
export function runOnWorkstation(cluster: Cluster, workstation: Workstation, script: string): ExecResult {
  const environment = workstationEnvironment(cluster, workstation);
  const { stdout, stderr, exitCode, elapsed } = shell('bash', 'bash').run(['bash', '-c', script], '', environment);
  passUntil(cluster, environment.now + elapsed);
  environment.jobs?.finish();
  return { stdout, stderr, exitCode };
}

/** What a command finds that is run there now. */
export function workstationEnvironment(cluster: Cluster, workstation: Workstation): ExecEnvironment {
  return {
    hostname: 'workstation',
    variables: new Map([
      ['PATH', '/usr/local/bin:/usr/bin:/bin'],
      ['HOME', workstationHome],
    ]),
    workingDirectory: workstationHome,
    files: new FileSystem([kubeconfigLayer(cluster, workstation)], workstation.files),
    programs: new Map(
      [...debianTools, kubectlProgram(cluster, workstation)].map((program) => [program.name, program] as const),
    ),
    libc: 'glibc',
    processes: [],
    listeners: [],
    now: cluster.clock.now(),
    budget: { steps: maxSteps, output: maxOutput },
    jobs: new BackgroundJobs((instant) => passUntil(cluster, instant)),
  };
}

const apiServerPort = 6443;

function kubeconfigLayer({ options }: Cluster, { kubeconfig, namespace }: Workstation): ReadonlyMap<string, string> {
  const server = `https://${options.nodes[0]?.address ?? 'localhost'}:${apiServerPort}`;
  const content = kubeconfig ?? initialKubeconfig({ cluster: 'kubedrill', context: 'kubedrill', server, namespace });
  return new Map([[`${workstationHome}/.kube/config`, content]]);
}

function kubectlProgram(cluster: Cluster, { namespace, server }: Workstation): Program {
  return {
    name: 'kubectl',
    readsInput: true,
    run(argv, stdin, environment) {
      passUntil(cluster, environment.now);
      const started = cluster.clock.now();
      const host = hostOf(cluster, environment);
      const { stdout, stderr, exitCode, isEndless } = runKubectl(argv.slice(1), {
        cluster,
        namespace,
        stdin,
        host,
        server,
      });
      const elapsed = cluster.clock.now() - started;
      return isEndless ? { ...serve([], stdout, stderr), elapsed } : { stdout, stderr, exitCode, elapsed };
    },
  };
}

function hostOf(cluster: Cluster, environment: ExecEnvironment): CommandHost {
  const { files, variables, workingDirectory, deadline, now, jobs } = environment;
  const { clock } = cluster;
  const absolute = (path: string): string => absolutePath(path, workingDirectory);
  return {
    absolutePath: absolute,
    readFile: (path) => (files.isFile(absolute(path)) ? files.read(absolute(path)) : undefined),
    writeFile: (path, content) => files.write(absolute(path), content) === undefined,
    listDirectory: (path) => (files.isDirectory(absolute(path)) ? files.list(absolute(path)) : undefined),
    variable: (name) => variables.get(name) ?? '',
    passTime: (duration) => jobs?.passUntil(clock.now() + duration),
    deadline: deadline === undefined ? undefined : clock.now() + deadline - now,
    runScript: (script) => shell('sh', 'dash').run(['sh', '-c', script], '', environment),
  };
}

export function passUntil(cluster: Cluster, instant: number): void {
  const left = instant - cluster.clock.now();
  if (left > 0) cluster.advance(left);
}
