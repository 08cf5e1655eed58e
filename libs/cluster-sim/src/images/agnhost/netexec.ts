import { fail, findProgram, serve, stoppable } from '../../exec/program.ts';
import type { ExecEnvironment, ProgramResult } from '../../exec/program.ts';
import { byteLength } from '../../exec/text.ts';
import type { HttpRequest, HttpResponse, Outcome } from '../../network/flow.ts';
import { parseGoFlags } from '../go-flags.ts';
import { goError, goResponse, headerOf, httpListener, pathOf, queryOf } from '../http-application.ts';
import type { ConnectionContext, Listener } from '../image-model.ts';

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
const maxTries = 1_000;
/** Commands of /shell may take so many steps: the budget of a probe, not that of the whole start. */
const shellBudget = { steps: 2_000, output: 262_144 };

interface Settings {
  readonly httpPort: number;
  readonly udpPort: number;
  readonly override?: string;
  readonly environment: ExecEnvironment;
}

/** test/images/agnhost/netexec/netexec.go. */
export function netexec(args: readonly string[], environment: ExecEnvironment): ProgramResult {
  const flags = parseGoFlags(args, [], flagNames);
  if (!flags.ok) return fail(1, `Error: ${flags.message}\n`);
  const port = (name: string, otherwise: number): number => Number(flags.values.get(name) ?? otherwise);
  const override = flags.values.get('http-override');
  const settings = {
    httpPort: port('http-port', 8_080),
    udpPort: port('udp-port', 8_081),
    environment,
    ...(override && { override }),
  };
  const sctpPort = port('sctp-port', -1);
  const listeners: Listener[] = [
    httpListener(settings.httpPort, (request, connection) => respond(request, connection, settings)),
  ];
  if (settings.udpPort !== -1) listeners.push(datagramListener('UDP', settings.udpPort, environment.hostname));
  if (sctpPort !== -1) listeners.push(datagramListener('SCTP', sctpPort, environment.hostname));
  const udpLog = settings.udpPort === -1 ? '' : `Started UDP server on port  ${settings.udpPort}\n`;
  const serving = serve(listeners, '', `Started HTTP server on port ${settings.httpPort}\n${udpLog}`);
  return stoppable(serving, 0, port('delay-shutdown', 0) * 1_000);
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

function respond(request: HttpRequest, connection: ConnectionContext, settings: Settings): HttpResponse {
  if (settings.override === undefined) return route(request, connection, settings);
  return route({ ...request, method: 'GET', path: settings.override }, connection, settings);
}

function route(request: HttpRequest, connection: ConnectionContext, settings: Settings): HttpResponse {
  const { now } = connection;
  const query = queryOf(request);
  const say = (body: string, status = 200): HttpResponse => goResponse(request, now, body, status);
  switch (pathOf(request)) {
    case '/clientip':
      return say(`${connection.clientAddress}:${connection.clientPort}`);
    case '/serverport':
      return say(String(settings.httpPort));
    case '/header':
      return say(headerText(request, query.get('key') ?? ''));
    case '/dial':
      return dial(request, connection);
    case '/echo':
      return echo(request, connection);
    case '/healthz':
      return say('', settings.udpPort === -1 ? 412 : 200);
    case '/readyz':
      return settings.udpPort === -1 ? say('', 412) : say('ok');
    case '/hostname':
    case '/hostName':
      return say(settings.environment.hostname);
    case '/redirect':
      return goResponse(request, now, '', Number(query.get('code') ?? 302), { Location: query.get('location') ?? '' });
    case '/shell':
      return say(shellText(query.get('shellCommand') ?? query.get('cmd') ?? '', connection, settings));
    case '/exit':
    case '/shutdown':
      return say('');
    default:
      return say(`NOW: ${goTime(now)}`);
  }
}

/** time.Time's String() of a container in UTC. */
function goTime(now: number): string {
  return `${new Date(now).toISOString().replace('T', ' ').replace('Z', '').padEnd(29, '0')} +0000 UTC m=+1.000000000`;
}

function echo(request: HttpRequest, { now }: ConnectionContext): HttpResponse {
  const query = queryOf(request);
  const code = query.get('code') ?? '';
  if (code !== '' && !/^\d{3}$/.test(code))
    return goResponse(request, now, `argument 'code' must be an integer or empty, got ${JSON.stringify(code)}\n`);
  return goResponse(request, now, query.get('msg') ?? '', code === '' ? 200 : Number(code));
}

function headerText(request: HttpRequest, key: string): string {
  if (key !== '') return headerOf(request, key) ?? '';
  const entries = Object.entries(request.headers ?? {}).filter(([name]) => name.toLowerCase() !== 'host');
  return JSON.stringify(Object.fromEntries(entries.map(([name, value]) => [name, [value]])));
}

/** /dial asks another server from here: JSON with what came back and what failed. */
function dial(request: HttpRequest, connection: ConnectionContext): HttpResponse {
  const { now } = connection;
  const query = queryOf(request);
  const tries = query.get('tries') || '1';
  if (!/^\d{1,4}$/.test(tries))
    return goError(
      request,
      now,
      400,
      `tries parameter is invalid. strconv.Atoi: parsing ${JSON.stringify(tries)}: invalid syntax`,
    );
  const asked = query.get('request') ?? '';
  if (asked === '') return goError(request, now, 400, 'request parameter not specified. <nil>');
  const protocol = (query.get('protocol') || 'http').toLowerCase();
  if (!['http', 'udp', 'sctp'].includes(protocol))
    return goError(request, now, 400, `unsupported protocol. ${protocol}`);
  const target = { host: query.get('host') ?? '', port: Number(query.get('port')), protocol, asked };
  const responses: string[] = [];
  const errors: string[] = [];
  let last = '';
  for (let round = 0; round < Math.min(Number(tries), maxTries); round += 1) {
    const answer = dialOnce(target, connection);
    last = answer.ok ? answer.text : '';
    (answer.ok ? responses : errors).push(answer.text);
  }
  const output = { ...(errors.length > 0 && { errors }), ...(last !== '' && { responses }) };
  return goResponse(request, now, JSON.stringify(output));
}

interface DialTarget {
  readonly host: string;
  readonly port: number;
  readonly protocol: string;
  readonly asked: string;
}

function dialOnce(
  { host, port, protocol, asked }: DialTarget,
  connection: ConnectionContext,
): { readonly ok: boolean; readonly text: string } {
  const http = {
    method: 'GET',
    path: `/${asked}`,
    headers: { Host: `${host}:${port}`, 'User-Agent': 'Go-http-client/1.1', 'Accept-Encoding': 'gzip' },
  };
  const transport = protocol === 'http' ? 'TCP' : protocol === 'udp' ? 'UDP' : 'SCTP';
  const outcome = connection.network?.connect({
    host,
    port,
    protocol: transport,
    ...(protocol === 'http' ? { http } : { data: asked }),
  }).outcome;
  const text = outcome?.kind === 'delivered' ? (outcome.response?.body ?? outcome.reply) : undefined;
  if (text !== undefined && (text !== '' || protocol === 'http')) return { ok: true, text };
  if (protocol === 'http')
    return { ok: false, text: `Get "http://${host}:${port}/${asked}": ${dialError(outcome, host, port)}` };
  return {
    ok: false,
    text: `reading from ${protocol} connection failed. err:'read ${protocol} ${connection.serverAddress}->${host}:${port}: ${outcome?.kind === 'refused' ? 'read: connection refused' : 'i/o timeout'}'`,
  };
}

function dialError(outcome: Outcome | undefined, host: string, port: number): string {
  if (outcome?.kind === 'refused') return `dial tcp ${host}:${port}: connect: connection refused`;
  if (outcome?.kind === 'unreachable')
    return `dial tcp ${host}:${port}: connect: ${outcome.errno === 'EHOSTUNREACH' ? 'no route to host' : 'network is unreachable'}`;
  if (outcome?.kind === 'closed') return 'EOF';
  return 'context deadline exceeded (Client.Timeout exceeded while awaiting headers)';
}

function shellText(command: string, connection: ConnectionContext, { environment }: Settings): string {
  const shell = findProgram('/bin/sh', environment.programs);
  if (!shell) return '{"error":"fork/exec /bin/sh: no such file or directory"}';
  const { network: atStart } = environment;
  const network = connection.network && atStart && { ...connection.network, files: atStart.files };
  const result = shell.run(['sh', '-c', command], '', {
    ...environment,
    now: connection.now,
    budget: { ...shellBudget },
    ...(network && { network }),
  });
  const output = result.stdout + result.stderr;
  const parts = {
    ...(byteLength(output) > 0 && { output }),
    ...(result.exitCode !== 0 && { error: `exit status ${result.exitCode}` }),
  };
  return JSON.stringify(
    Object.fromEntries(Object.entries(parts).sort(([first], [second]) => (first < second ? -1 : 1))),
  );
}
