import type { Cluster } from '@kubedrill/cluster-sim';
import { findCommand } from './command-words.ts';
import { warnOfFormerDryRun } from './dry-run.ts';
import type { Flags } from './flags.ts';
import { durationFault, parseFlags } from './flags.ts';
import { globalFlags } from './global-flags.ts';
import { commandPath, helpText } from './help.ts';
import { clusterAs, clusterBeside, impersonationOf } from './impersonated-cluster.ts';
import { changeCauseOf } from './recorded-cause.ts';
import type { CommandHost, KubectlCommand, ServerDocuments } from './invocation.ts';
import { CommandError, Console, usageError } from './invocation.ts';
import { chosenContext, kubeconfigPath, readKubeconfig } from './kubeconfig.ts';

export interface Workplace {
  readonly cluster: Cluster;
  /** Where no kubeconfig names one. */
  readonly namespace: string;
  readonly stdin: string;
  readonly host: CommandHost;
  readonly server?: ServerDocuments | undefined;
}

/** Runs a kubectl command line, its own name left out; says what kubectl v1.36 says. */
export function runKubectl(argv: readonly string[], workplace: Workplace): Console {
  const console = new Console();
  try {
    dispatch(argv, workplace, console);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    console.stdout += error.stdout;
    console.fail(error.message, error.exitCode);
  }
  return console;
}

function dispatch(argv: readonly string[], workplace: Workplace, console: Console): void {
  const { command, rest } = findCommand(argv);
  const parsed = parseFlags(rest, { ...globalFlags, ...command.flags });
  if (!parsed.ok) throw wrongFlags(command, parsed.message);
  const { flags, operands, afterDash } = parsed;
  if (flags.isTrue('help')) {
    console.stdout += helpText(command.name);
    return;
  }
  const { stdin, host, server } = workplace;
  // A flag of the command's own hides a global one of its name.
  const global = flags.without(Object.keys(command.flags));
  const context = command.name.startsWith('config') ? workplace : contextOf(global, workplace);
  refuseTimeout(global);
  const user = impersonationOf(global, 'kubernetes-admin');
  const cluster = clusterBeside(workplace.cluster, (duration) => host.passTime(duration));
  const isNamespaceGiven = flags.text('namespace') !== '';
  warnOfFormerDryRun({ cluster: workplace.cluster, console }, flags);
  if (flags.has('record') && 'record' in command.flags)
    console.note('Flag --record has been deprecated, --record will be removed in the future');
  command.run({
    cluster: user ? clusterAs(cluster, user) : cluster,
    namespace: isNamespaceGiven ? flags.text('namespace') : context.namespace,
    isNamespaceGiven,
    flags,
    operands,
    afterDash,
    changeCause: changeCauseOf(command, flags, [...operands, ...(afterDash ?? [])]),
    stdin,
    console,
    host,
    server,
    user,
  });
  refuseWarnings(flags, console);
}

/** Of the kubeconfig; where there is none, what the workplace says. */
function contextOf(flags: Flags, { host, namespace }: Workplace): { readonly namespace: string } {
  const isConfigured = flags.has('kubeconfig') || host.readFile(kubeconfigPath(flags, host)) !== undefined;
  return isConfigured ? chosenContext(flags, readKubeconfig(flags, host)) : { namespace };
}

/** client-go/tools/clientcmd/helpers.go ParseTimeout. */
function refuseTimeout(flags: Flags): void {
  const text = flags.text('request-timeout');
  if (text === '' || /^[-+]?\d+$/.test(text) || durationFault(text) === undefined) return;
  throw new CommandError(
    'error: Invalid timeout value. Timeout must be a single integer in seconds, or an integer followed by a corresponding time unit (e.g. 1s | 2m | 3h)',
  );
}

function wrongFlags({ name, usageExitCode }: KubectlCommand, message: string): CommandError {
  return usageExitCode === undefined
    ? new CommandError(`error: ${message}\nSee '${commandPath(name)} --help' for usage.`)
    : new CommandError(usageError(name, message).message, { exitCode: usageExitCode });
}

/** --warnings-as-errors. */
function refuseWarnings(flags: Flags, { warnings }: Console): void {
  if (flags.isTrue('warnings-as-errors') && warnings > 0)
    throw new CommandError(`error: ${warnings} warning${warnings > 1 ? 's' : ''} received`);
}
