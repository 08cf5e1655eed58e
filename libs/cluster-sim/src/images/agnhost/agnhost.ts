import { alpineTools, networkTools } from '../../exec/program-sets.ts';
import { fail, goStopCode, stoppable, succeed } from '../../exec/program.ts';
import type { ExecEnvironment, Program, ProgramResult } from '../../exec/program.ts';
import { defineImage } from '../image-definition.ts';
import { connect } from './connect.ts';
import { grpcHealthChecking } from './grpc-health-checking.ts';
import { netexec } from './netexec.ts';
import { porter } from './porter.ts';
import { serveHostname } from './serve-hostname.ts';
import {
  etcHosts,
  liveness,
  logsGenerator,
  net,
  nettest,
  pause,
  resolvConfWords,
  testWebserver,
} from './small-commands.ts';

type Subcommand = (args: readonly string[], environment: ExecEnvironment) => ProgramResult;

/** All that Kubernetes' own network tests start. */
const subcommands: ReadonlyMap<string, Subcommand> = new Map<string, Subcommand>([
  ['netexec', netexec],
  ['serve-hostname', serveHostname],
  ['porter', porter],
  ['connect', connect],
  ['pause', pause],
  ['dns-suffix', resolvConfWords('search')],
  ['dns-server-list', resolvConfWords('nameserver')],
  ['etc-hosts', etcHosts],
  ['test-webserver', testWebserver],
  ['liveness', liveness],
  ['grpc-health-checking', grpcHealthChecking],
  ['logs-generator', logsGenerator],
  ['net', net],
  ['nettest', nettest],
  ['entrypoint-tester', (args) => succeed(`[/agnhost entrypoint-tester${args.map((word) => ` ${word}`).join('')}]\n`)],
]);

const agnhost: Program = {
  name: 'agnhost',
  run(argv, _stdin, environment) {
    const [name = 'pause', ...args] = argv.slice(1);
    const subcommand = subcommands.get(name);
    if (!subcommand) return fail(1, `Error: unknown command "${name}" for "app"\nRun 'app --help' for usage.\n`);
    const result = subcommand(args, environment);
    return result.serves && !result.onStop ? stoppable(result, goStopCode) : result;
  },
};

/** registry.k8s.io/e2e-test-images/agnhost: alpine with the network tools that the conformance suite runs in it. */
export const agnhostImage = defineImage({
  repositories: [
    'registry.k8s.io/e2e-test-images/agnhost',
    'k8s.gcr.io/e2e-test-images/agnhost',
    'gcr.io/kubernetes-e2e-test-images/agnhost',
  ],
  tags: /^2\.\d{1,2}(\.\d{1,2})?(-linux-amd64)?$|^latest$/,
  entrypoint: ['/agnhost'],
  cmd: ['pause'],
  programs: [alpineTools, networkTools, [agnhost]],
});
