import type { Instant } from '../engine/time.ts';
import { FileSystem } from '../exec/file-system.ts';
import { findProgram } from '../exec/program.ts';
import type { ExecEnvironment, ProgramResult } from '../exec/program.ts';
import { LayeredVariables } from '../exec/layered-variables.ts';
import { LiveProcess } from './live-process.ts';
import { linesOf } from '../exec/text.ts';
import type { ContainerContext, ImageModel, LogLine, ProcessModel } from './image-model.ts';

/** A start command that takes more steps than this is one that goes round for ever. */
const maxStartSteps = 200;
const maxStartOutput = 65_536;

/** containerd's status of a container that could not be started (internal/cri/server: errorStartExitCode, errorStartReason). */
const startErrorExitCode = 128;

/** Runs the container's command line until it ends or waits, and says what is left: listeners, or an exit. */
export function startProcess(image: ImageModel, context: ContainerContext): ProcessModel {
  const argv = image.commandLine(context);
  const [command] = argv;
  if (command === undefined) return startError('no command specified');
  const program = findProgram(command, image.programs);
  if (!program) return startError(missingExecutable(command));
  const environment = startEnvironment(image, context, argv);
  // With `stdin: true` the runtime keeps the input open for whoever attaches.
  if (context.container.stdin && (program.interactive?.(argv) ?? (program.readsInput && !program.steps)))
    return { listeners: [], awaitsInput: true };
  if (program.steps && context.home)
    return new LiveProcess(program, argv, environment, context.home).advance(environment.now);
  const result = program.run(argv, '', environment);
  return processOf(result, environment);
}

/** runc's words for a missing executable, with and without a path. */
export function missingExecutable(command: string): string {
  const reason = command.includes('/') ? 'no such file or directory' : 'executable file not found in $PATH';
  const verb = command.includes('/') ? 'stat ' : '';
  return `exec: ${JSON.stringify(command)}: ${verb && `${verb}${command}: `}${reason}: unknown`;
}

function startError(reason: string): ProcessModel {
  const message =
    'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: ' +
    `unable to start container process: error during container init: ${reason}`;
  return { listeners: [], exit: { after: 0, code: startErrorExitCode, reason: 'StartError', message } };
}

function startEnvironment(image: ImageModel, context: ContainerContext, argv: readonly string[]): ExecEnvironment {
  return {
    pod: context.pod,
    hostname: context.hostname,
    variables: new LayeredVariables(new Map(Object.entries(context.env)), context.serviceVariables ?? new Map()),
    workingDirectory: context.container.workingDir ?? image.workingDirectory,
    files: new FileSystem(
      context.network ? [image.files, context.network.files, context.files] : [image.files, context.files],
      undefined,
      context.volumes,
    ),
    programs: image.programs,
    libc: image.libc,
    processes: [{ pid: 1, user: 'root', argv }],
    listeners: [],
    ...(context.network && { network: context.network }),
    now: context.startedAt ?? 0,
    budget: { steps: maxStartSteps, output: maxStartOutput },
  };
}

function processOf(result: ProgramResult, environment: ExecEnvironment): ProcessModel {
  const written = environment.files.changes();
  const logs = logged(result.stdout + result.stderr, environment.now);
  const files = written.size > 0 && { files: written };
  const wrong = result.serves?.find(({ port }) => !Number.isInteger(port) || port < 1 || port > 65_535);
  // No server starts on such a port; each says so in words of its own.
  if (wrong)
    return {
      listeners: [],
      exit: { after: 0, code: 1 },
      ...files,
      logs: [...logs, ...logged('listen: invalid port', environment.now)],
    };
  if (result.serves)
    return { listeners: result.serves, ...(result.onStop && { onStop: result.onStop }), ...files, logs };
  return { listeners: [], exit: { after: result.elapsed, code: result.exitCode }, ...files, logs };
}

function logged(text: string, at: Instant): readonly LogLine[] {
  return linesOf(text).map((line) => ({ at, text: line }));
}
