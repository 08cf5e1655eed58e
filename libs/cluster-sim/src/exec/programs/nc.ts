import type { Duration } from '../../engine/time.ts';
import type { Application, Listener } from '../../images/image-model.ts';
import type { HttpResponse, Outcome } from '../../network/flow.ts';
import { connect, connectError, hostAddress, lookupError } from '../networking.ts';
import { optionError, parseOptions } from '../options.ts';
import type { Options } from '../options.ts';
import { fail, findProgram, serve, succeed } from '../program.ts';
import type { ExecEnvironment, Program, ProgramResult } from '../program.ts';
import { byteLength, wholeNumber } from '../text.ts';

export type NetcatFlavour = 'busybox' | 'openbsd';

const maxPorts = 1_024;
/** /etc/services, as far as its ports are met here. */
const serviceNames: ReadonlyMap<number, string> = new Map([
  [22, 'ssh'],
  [53, 'domain'],
  [80, 'http'],
  [443, 'https'],
  [3306, 'mysql'],
  [5432, 'postgresql'],
  [8080, 'http-alt'],
]);

/** nc: connects (-z only looks, -v tells, -w limits, -u UDP) or listens (-l). busybox's -e takes the rest of the line. */
export function netcat(flavour: NetcatFlavour): Program {
  return {
    name: 'nc',
    readsInput: true,
    run(argv, stdin, environment) {
      const execAt = argv.findIndex((argument) => /^-[a-z]*e$/.test(argument));
      const execArgv = execAt < 0 ? [] : argv.slice(execAt + 1);
      const letters = execAt < 0 ? [] : [(argv[execAt] ?? '').slice(0, -1)].filter((option) => option !== '-');
      const args = execAt < 0 ? argv.slice(1) : [...argv.slice(1, execAt), ...letters];
      const parsed = parseOptions(args, { short: 'lkp:s:w:i:nuvzo:q:N46rtdD' });
      if (!parsed.ok) return fail(1, optionError('nc', parsed));
      const { options, operands } = parsed;
      if (options.has('l')) return listen(options, operands, execArgv, stdin, environment);
      const [host, ports] = operands;
      if (host === undefined || ports === undefined)
        return fail(
          1,
          flavour === 'busybox'
            ? 'BusyBox v1.36.1 multi-call binary.\n\nUsage: nc [OPTIONS] HOST PORT  - connect\n'
            : 'usage: nc [-46CDdFhklNnrStUuvZz] [destination] [port]\n',
        );
      return dial(flavour, host, ports, options, stdin, environment);
    },
  };
}

function dial(
  flavour: NetcatFlavour,
  host: string,
  ports: string,
  options: Options,
  stdin: string,
  environment: ExecEnvironment,
): ProgramResult {
  const found = hostAddress(host, environment);
  if (found.kind !== 'address') {
    const error =
      flavour === 'busybox'
        ? `nc: bad address '${host}'\n`
        : `nc: getaddrinfo for host "${host}" port ${ports}: ${lookupError(found, environment)}\n`;
    return fail(1, error, found.elapsed);
  }
  const [from, to = from] = ports.split('-').map((port) => wholeNumber(port));
  if (from === undefined || to === undefined || from < 1 || to > 65_535)
    return fail(1, flavour === 'busybox' ? `nc: bad port '${ports}'\n` : 'nc: port number invalid: ' + `${ports}\n`);
  let [stdout, stderr, exitCode, elapsed] = ['', '', 1, 0];
  for (let port = from; port <= Math.min(to, from + maxPorts); port += 1) {
    const result = dialPort(flavour, { host, address: found.address, port }, options, stdin, environment);
    stdout += result.stdout;
    stderr += result.stderr;
    elapsed += result.elapsed;
    if (result.exitCode === 0) exitCode = 0;
  }
  return { stdout, stderr, exitCode, elapsed };
}

interface Destination {
  readonly host: string;
  readonly address: string;
  readonly port: number;
}

function dialPort(
  flavour: NetcatFlavour,
  destination: Destination,
  options: Options,
  stdin: string,
  environment: ExecEnvironment,
): ProgramResult {
  const { address, port } = destination;
  const datagram = options.has('u');
  const probeOnly = options.has('z');
  const request = !probeOnly && !datagram ? httpRequestOf(stdin) : undefined;
  const outcome = connect(
    {
      host: address,
      port,
      protocol: datagram ? 'UDP' : 'TCP',
      ...(request ? { http: request } : !probeOnly && stdin !== '' && { data: stdin }),
    },
    environment,
  );
  const limit = (wholeNumber(options.last('w')) ?? Infinity) * 1_000;
  // A datagram socket "connects" whatever is behind it.
  const open = outcome.kind === 'delivered' || outcome.kind === 'closed' || (datagram && outcome.kind === 'timedOut');
  if (!open) return refused(flavour, destination, outcome, limit, options);
  const opened = options.has('v') ? openText(flavour, destination, datagram) : '';
  const reply = outcome.kind === 'delivered' ? replyText(outcome) : '';
  return {
    ...succeed(probeOnly ? '' : reply, probeOnly || reply !== '' || limit === Infinity ? 1 : limit),
    stderr: opened,
  };
}

function openText(flavour: NetcatFlavour, { host, address, port }: Destination, datagram: boolean): string {
  if (flavour === 'busybox') return `${host} (${address}:${port}) open\n`;
  const shown = host === address ? host : `${host} (${address})`;
  const service = serviceNames.get(port) ?? '*';
  return `Connection to ${shown} ${port} port [${datagram ? 'udp' : 'tcp'}/${service}] succeeded!\n`;
}

function refused(
  flavour: NetcatFlavour,
  { host, address, port }: Destination,
  outcome: Outcome,
  limit: Duration,
  options: Options,
): ProgramResult {
  const { text, elapsed } = connectError(outcome);
  const timedOut = elapsed > limit;
  const waited = timedOut ? limit : elapsed;
  const verbose = options.count('v');
  if (flavour === 'busybox') {
    const told = verbose > 1 || (verbose > 0 && text !== 'Connection refused');
    const counts = verbose > 1 ? 'sent 0, rcvd 0\n' : '';
    return fail(
      1,
      told ? `nc: ${host} (${address}:${port}): ${timedOut ? 'Connection timed out' : text}\n${counts}` : '',
      waited,
    );
  }
  const shown = host === address ? host : `${host} (${address})`;
  const reason =
    timedOut || text === 'Connection timed out'
      ? 'timed out: Operation now in progress'
      : `failed: ${text === 'Host is unreachable' ? 'No route to host' : text}`;
  return fail(1, verbose > 0 ? `nc: connect to ${shown} port ${port} (tcp) ${reason}\n` : '', waited);
}

/** `printf "GET / HTTP/1.0\r\n\r\n" | nc web 80` speaks HTTP. */
function httpRequestOf(text: string) {
  const [head = '', body] = text.split(/\r?\n\r?\n/, 2);
  const [first = '', ...lines] = head.split(/\r?\n/);
  const match = /^([A-Z]+) (\S+)(?: HTTP\/1\.[01])?$/.exec(first);
  if (!match) return undefined;
  const headers = lines
    .filter((line) => line.includes(':'))
    .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]);
  return {
    method: match[1] ?? 'GET',
    path: match[2] ?? '/',
    headers: Object.fromEntries(headers) as Record<string, string>,
    ...(body && { body }),
  };
}

function replyText({ response, reply }: Outcome & { kind: 'delivered' }): string {
  if (!response) return reply ?? '';
  const headers = Object.entries(response.headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${response.status} ${response.status === 200 ? 'OK' : ''}\r\n${headers.join('')}\r\n${response.body}`;
}

function listen(
  options: Options,
  operands: readonly string[],
  execArgv: readonly string[],
  stdin: string,
  environment: ExecEnvironment,
): ProgramResult {
  const port = wholeNumber(options.last('p') ?? operands.at(-1));
  if (port === undefined || port < 1 || port > 65_535) return fail(1, 'nc: missing port\n');
  const output = execArgv.length > 0 ? outputOf(execArgv, environment) : stdin;
  const local = options.last('s')?.startsWith('127.') ?? operands[0]?.startsWith('127.') ?? false;
  const listener: Listener = {
    port,
    protocol: options.has('u') ? 'UDP' : 'TCP',
    address: local ? '127.0.0.1' : '0.0.0.0',
    application: applicationOf(output),
  };
  return serve([listener], '', options.has('v') ? `listening on ${local ? '127.0.0.1' : '0.0.0.0'}:${port} ...\n` : '');
}

function outputOf(argv: readonly string[], environment: ExecEnvironment): string {
  const program = findProgram(argv[0] ?? '', environment.programs);
  environment.budget.steps -= 1;
  return program && environment.budget.steps >= 0 ? program.run(argv, '', environment).stdout : '';
}

/** What the socket says to everybody; text that is an HTTP response answers HTTP. */
function applicationOf(output: string): Application {
  const response = httpResponseOf(output);
  if (response) return { kind: 'http', respond: () => response };
  return output === '' ? { kind: 'silent' } : { kind: 'raw', greeting: output, answer: () => '' };
}

function httpResponseOf(text: string): HttpResponse | undefined {
  const match = /^HTTP\/1\.[01] (\d{3})[^\n]*\n((?:[^\r\n]+\r?\n)*)\r?\n/.exec(text);
  if (!match) return undefined;
  const lines = (match[2] ?? '').split(/\r?\n/).filter((line) => line.includes(':'));
  const headers = lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]);
  const body = text.slice(match[0].length);
  return {
    status: Number(match[1]),
    headers: { ...(Object.fromEntries(headers) as Record<string, string>), 'Content-Length': String(byteLength(body)) },
    body,
  };
}
