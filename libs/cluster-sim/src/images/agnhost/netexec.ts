import { fail, findProgram, serve, stoppable } from '../../exec/program.ts';
import type { ExecEnvironment, ProgramResult } from '../../exec/program.ts';
import type { HttpRequest, HttpResponse } from '../../network/flow.ts';
import { parseGoFlags } from '../go-flags.ts';
import { goJson, goLogLine, goTime, parseGoDuration } from '../go-text.ts';
import { goRedirect, goResponse, headerOf, pathOf, queryOf } from '../http-application.ts';
import type { Application, ConnectionContext, Listener } from '../image-model.ts';
import { dial } from './dial.ts';
import { servingEnvironment } from './serving-environment.ts';

const flagNames = [
  'http-port',
  'udp-port',
  'sctp-port',
  'tls-cert-file',
  'tls-private-key-file',
  'http-override',
  'udp-listen-addresses',
  'delay-shutdown',
];

interface Settings {
  readonly httpPort: number;
  readonly udpPort: number;
  readonly sctpPort: number;
  readonly override?: string;
  readonly environment: ExecEnvironment;
}

/** test/images/agnhost/netexec/netexec.go: HTTP on 8080, UDP on 8081, SCTP only if it is asked for. */
export function netexec(args: readonly string[], environment: ExecEnvironment): ProgramResult {
  const flags = parseGoFlags(args, [], flagNames);
  if (!flags.ok) return fail(1, `Error: ${flags.message}\n`);
  const port = (name: string, otherwise: number): number => Number(flags.values.get(name) ?? otherwise);
  const override = flags.values.get('http-override');
  const settings: Settings = {
    httpPort: port('http-port', 8_080),
    udpPort: port('udp-port', 8_081),
    sctpPort: port('sctp-port', -1),
    environment,
    ...(override && { override }),
  };
  const { httpPort, udpPort, sctpPort } = settings;
  // What speaks TLS accepts, and nothing of what it says is modelled.
  const application: Application = flags.values.has('tls-cert-file')
    ? { kind: 'silent' }
    : { kind: 'http', respond: (request, connection) => respond(request, connection, settings) };
  const listeners: Listener[] = [{ port: httpPort, protocol: 'TCP', address: '0.0.0.0', application }];
  let log = goLogLine(environment.now, `Started HTTP server on port ${httpPort}`);
  if (udpPort !== -1) {
    const addresses = flags.values.get('udp-listen-addresses') ?? '';
    listeners.push(datagramListener('UDP', udpPort, environment.hostname));
    log += goLogLine(environment.now, `Started UDP server on port ${addresses} ${udpPort}`);
  }
  if (sctpPort !== -1) {
    listeners.push(datagramListener('SCTP', sctpPort, environment.hostname));
    log += goLogLine(environment.now, 'Started SCTP server');
  }
  // SIGTERM ends it with 0, after --delay-shutdown.
  return stoppable(serve(listeners, '', log), 0, port('delay-shutdown', 0) * 1_000);
}

function datagramListener(protocol: 'UDP' | 'SCTP', port: number, hostname: string): Listener {
  const answer = (data: string, connection: ConnectionContext): string => {
    const text = data.trim().toLowerCase();
    if (text === 'hostname') return hostname;
    if (text.startsWith('echo ')) return text.slice(5);
    if (text === 'clientip') return `${connection.clientAddress}:${connection.clientPort}`;
    return text === 'serverport' ? String(port) : '';
  };
  return { port, protocol, address: '0.0.0.0', application: { kind: 'raw', answer } };
}

function respond(request: HttpRequest, connection: ConnectionContext, settings: Settings): HttpResponse | 'closed' {
  if (settings.override === undefined) return route(request, connection, settings);
  return route({ ...request, method: 'GET', path: settings.override }, connection, settings);
}

function route(request: HttpRequest, connection: ConnectionContext, settings: Settings): HttpResponse | 'closed' {
  const { now } = connection;
  const query = queryOf(request);
  const say = (body: string, status = 200): HttpResponse => goResponse(request, now, body, status);
  // Ready once a datagram server runs.
  const isReady = settings.udpPort !== -1 || settings.sctpPort !== -1;
  switch (pathOf(request)) {
    case '/clientip':
      return say(`${connection.clientAddress}:${connection.clientPort}`);
    case '/serverport':
      return say(String(settings.httpPort));
    case '/header':
      return say(headerText(request, query.get('key') ?? ''));
    case '/dial':
      return dial(request, connection, settings.environment);
    case '/echo':
      return echo(request, connection);
    case '/healthz':
      return say('', isReady ? 200 : 412);
    case '/readyz':
      return isReady ? say('ok') : say('', 412);
    case '/hostname':
    case '/hostName':
      return say(settings.environment.hostname);
    case '/redirect':
      return redirect(request, connection);
    case '/shell':
      return say(shellText(query.get('shellCommand') || query.get('cmd') || '', connection, settings));
    case '/upload':
      return say('{"error":"Unable to upload file."}');
    case '/exit':
      return exit(request, connection);
    case '/shutdown':
      return 'closed';
    default:
      return say(`NOW: ${goTime(now, settings.environment.now)}`);
  }
}

function echo(request: HttpRequest, { now }: ConnectionContext): HttpResponse | 'closed' {
  const query = queryOf(request);
  const code = query.get('code') ?? '';
  if (code !== '' && !/^[+-]?\d{1,9}$/.test(code))
    return goResponse(request, now, `argument 'code' must be an integer or empty, got ${JSON.stringify(code)}\n`);
  // net/http panics for what is no status code, and the connection ends.
  if (code !== '' && (Number(code) < 100 || Number(code) > 999)) return 'closed';
  return goResponse(request, now, query.get('msg') ?? '', code === '' ? 200 : Number(code));
}

function redirect(request: HttpRequest, { now }: ConnectionContext): HttpResponse {
  const query = queryOf(request);
  const code = query.get('code') ?? '';
  if (code !== '' && !/^[+-]?\d{1,9}$/.test(code))
    return goResponse(request, now, `argument 'code' must be an integer or empty, got ${JSON.stringify(code)}\n`);
  return goRedirect(request, now, query.get('location') ?? '', code === '' ? 302 : Number(code));
}

/** The process ends before it can answer; what it refuses it says. */
function exit(request: HttpRequest, { now }: ConnectionContext): HttpResponse | 'closed' {
  const query = queryOf(request);
  const refuse = (name: string, kind: string, value: string): HttpResponse =>
    goResponse(request, now, `argument '${name}' must be ${kind} or empty, got ${JSON.stringify(value)}\n`);
  for (const name of ['timeout', 'wait']) {
    const value = query.get(name) ?? '';
    if (value !== '' && parseGoDuration(value) === undefined) return refuse(name, 'a valid golang duration', value);
  }
  const code = query.get('code') ?? '';
  return code !== '' && !/^[+-]?\d{1,9}$/.test(code) ? refuse('code', 'an integer [0-127]', code) : 'closed';
}

/** One header, or all of them as JSON; net/http keeps Host apart. */
function headerText(request: HttpRequest, key: string): string {
  if (key.toLowerCase() === 'host') return '';
  if (key !== '') return headerOf(request, key) ?? '';
  const entries = Object.entries(request.headers ?? {})
    .filter(([name]) => name.toLowerCase() !== 'host')
    .map(([name, value]) => [name, [value]] as const)
    .sort(([first], [second]) => (first < second ? -1 : 1));
  return goJson(Object.fromEntries(entries));
}

function shellText(command: string, connection: ConnectionContext, { environment }: Settings): string {
  const shell = findProgram('/bin/sh', environment.programs);
  if (!shell) return '{"error":"fork/exec /bin/sh: no such file or directory"}';
  const result = shell.run(['sh', '-c', command], '', servingEnvironment(environment, connection));
  const output = result.stdout + result.stderr;
  return goJson({
    ...(result.exitCode !== 0 && { error: `exit status ${result.exitCode}` }),
    ...(output !== '' && { output }),
  });
}
