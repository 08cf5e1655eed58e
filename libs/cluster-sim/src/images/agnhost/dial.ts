import type { ExecEnvironment } from '../../exec/program.ts';
import type { HttpRequest, HttpResponse, Outcome } from '../../network/flow.ts';
import { goJson } from '../go-text.ts';
import { goError, goResponse, queryOf } from '../http-application.ts';
import type { ConnectionContext } from '../image-model.ts';
import { clientPort, goResolve, servingEnvironment } from './serving-environment.ts';

const maxTries = 1_000;
/** How long netexec waits for an answer. */
const patience = 5_000;

interface Target {
  /** With port: "10.96.0.20:80". */
  readonly destination: string;
  readonly address: string;
  readonly port: number;
  readonly protocol: 'http' | 'udp' | 'sctp';
  readonly asked: string;
}

type Reply = { readonly text: string } | { readonly error: string };

/** /dial of test/images/agnhost/netexec/netexec.go: another server is asked from here; JSON with what came back and what failed. */
export function dial(request: HttpRequest, connection: ConnectionContext, environment: ExecEnvironment): HttpResponse {
  const { now } = connection;
  const query = queryOf(request);
  const refuse = (text: string): HttpResponse => goError(request, now, 400, text);
  const tries = query.get('tries') || '1';
  if (!/^[+-]?\d{1,9}$/.test(tries))
    return refuse(`tries parameter is invalid. strconv.Atoi: parsing ${JSON.stringify(tries)}: invalid syntax`);
  const asked = query.get('request') ?? '';
  if (asked === '') return refuse('request parameter not specified. <nil>');
  const named = query.get('protocol') ?? '';
  const protocol = named.toLowerCase() || 'http';
  if (protocol !== 'http' && protocol !== 'udp' && protocol !== 'sctp') return refuse(`unsupported protocol. ${named}`);
  const portText = query.get('port') ?? '';
  if (!/^\d{0,5}$/.test(portText) || Number(portText) > 65_535) {
    const transport = protocol === 'http' ? 'tcp' : protocol;
    const reason = /^\d+$/.test(portText)
      ? `address ${portText}: invalid port`
      : `lookup ${transport}/${portText}: unknown port`;
    return refuse(`host and/or port param are invalid. ${reason}`);
  }
  const host = query.get('host') || '127.0.0.1';
  const resolved = goResolve(host, servingEnvironment(environment, connection));
  if (!resolved.ok) return refuse(`host and/or port param are invalid. ${resolved.error}`);
  const { address } = resolved;
  const port = Number(portText);
  const target: Target = { destination: `${address}:${port}`, address, port, protocol, asked };
  return goResponse(request, now, goJson(dialOften(target, Number(tries), connection)));
}

function dialOften(target: Target, tries: number, connection: ConnectionContext) {
  const responses: string[] = [];
  const errors: string[] = [];
  let last = '';
  for (let round = 0; round < Math.min(tries, maxTries); round += 1) {
    const reply = dialOnce(target, connection);
    last = 'text' in reply ? reply.text : '';
    if ('text' in reply) responses.push(reply.text);
    else errors.push(reply.error);
  }
  // What came back is only shown when the last answer was not empty.
  return { ...(errors.length > 0 && { errors }), ...(last !== '' && { responses }) };
}

function dialOnce({ destination, address, port, protocol, asked }: Target, connection: ConnectionContext): Reply {
  const http = {
    method: 'GET',
    path: `/${asked}`,
    headers: { Host: destination, 'User-Agent': 'Go-http-client/1.1', 'Accept-Encoding': 'gzip' },
  };
  const outcome = connection.network?.connect({
    host: address,
    port,
    protocol: protocol === 'http' ? 'TCP' : protocol === 'udp' ? 'UDP' : 'SCTP',
    timeout: patience,
    ...(protocol === 'http' ? { http } : { data: asked }),
  }).outcome;
  if (protocol === 'http') {
    const body = outcome?.kind === 'delivered' ? outcome.response?.body : undefined;
    return body !== undefined
      ? { text: body }
      : { error: `Get "http://${destination}/${asked}": ${httpError(outcome, destination)}` };
  }
  const reply = outcome?.kind === 'delivered' ? outcome.reply : undefined;
  return reply ? { text: reply } : { error: datagramError(protocol, outcome, destination, connection) };
}

function httpError(outcome: Outcome | undefined, destination: string): string {
  switch (outcome?.kind) {
    case 'refused':
      return `dial tcp ${destination}: connect: connection refused`;
    case 'unreachable':
      return `dial tcp ${destination}: connect: ${unreachableText(outcome.errno)}`;
    case 'closed':
      return 'EOF';
    default:
      return 'context deadline exceeded (Client.Timeout exceeded while awaiting headers)';
  }
}

function datagramError(
  protocol: 'udp' | 'sctp',
  outcome: Outcome | undefined,
  destination: string,
  { serverAddress }: ConnectionContext,
): string {
  const flow = `${serverAddress}:${clientPort}->${destination}`;
  if (protocol === 'sctp' && outcome?.kind === 'refused') return 'sctp dial failed. err:connection refused';
  if (outcome?.kind === 'unreachable')
    return protocol === 'sctp'
      ? `sctp dial failed. err:${unreachableText(outcome.errno)}`
      : `udp dial failed. err:dial udp ${destination}: connect: ${unreachableText(outcome.errno)}`;
  const reason = outcome?.kind === 'refused' ? 'read: connection refused' : 'i/o timeout';
  return `reading from ${protocol} connection failed. err:'read ${protocol} ${flow}: ${reason}'`;
}

/** strerror(3) of what Go prints after the name of the system call. */
export function unreachableText(errno: 'ENETUNREACH' | 'EHOSTUNREACH' | 'EPERM'): string {
  switch (errno) {
    case 'EHOSTUNREACH':
      return 'no route to host';
    case 'ENETUNREACH':
      return 'network is unreachable';
    case 'EPERM':
      return 'operation not permitted';
  }
}
