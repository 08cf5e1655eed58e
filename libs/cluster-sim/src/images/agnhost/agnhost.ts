import { alpineTools, networkTools } from '../../exec/program-sets.ts';
import { fail, goStopCode, serve, stoppable } from '../../exec/program.ts';
import type { ExecEnvironment, Program, ProgramResult } from '../../exec/program.ts';
import { goResponse, httpListener } from '../http-application.ts';
import { defineImage } from '../image-definition.ts';
import { connect } from './connect.ts';
import { grpcHealthChecking } from './grpc-health-checking.ts';
import { netexec } from './netexec.ts';
import { porter } from './porter.ts';
import { serveHostname } from './serve-hostname.ts';

type Subcommand = (args: readonly string[], environment: ExecEnvironment) => ProgramResult;

/** test-webserver serves the files of its root; here its index stands for them. */
const testWebserver: Subcommand = (args) => {
  const port = Number(
    args.map((argument) => /^--port=(\d{1,5})$/.exec(argument)?.[1]).find((found) => found !== undefined) ?? 80,
  );
  const listener = httpListener(port, (request, { now }) => goResponse(request, now, '<pre>\n</pre>\n'));
  return stoppable(serve([listener]), goStopCode);
};

/** pause/pause.go: 1 after SIGINT, 2 after SIGTERM. */
const pauseStopCode = 2;

const subcommands: ReadonlyMap<string, Subcommand> = new Map<string, Subcommand>([
  ['netexec', netexec],
  ['serve-hostname', serveHostname],
  ['porter', porter],
  ['connect', connect],
  ['pause', () => stoppable(serve([], 'Paused\nSignals registered\n'), pauseStopCode)],
  ['test-webserver', testWebserver],
  ['grpc-health-checking', grpcHealthChecking],
]);

const agnhost: Program = {
  name: 'agnhost',
  run(argv, _stdin, environment) {
    const [name = 'pause', ...args] = argv.slice(1);
    const subcommand = subcommands.get(name);
    return subcommand
      ? subcommand(args, environment)
      : fail(1, `Error: unknown command "${name}" for "app"\nRun 'app --help' for usage.\n`);
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
