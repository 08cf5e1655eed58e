import type { Duration } from '../../../engine/time.ts';
import type { HttpRequest, HttpResponse, Outcome } from '../../../network/flow.ts';
import { statusLine } from '../../http-reasons.ts';
import { connect, connectTimeout, hostAddress, hostUnreachableDelay, isAddress } from '../../networking.ts';
import type { ParsedUrl } from '../../networking.ts';
import type { ExecEnvironment } from '../../program.ts';
import { byteLength } from '../../text.ts';

/** The release whose messages are spoken: Debian 13's and Alpine 3.22's. */
export const curlVersion = '8.14.1';

export interface TransferOptions {
  readonly request: HttpRequest;
  /** Milliseconds. */
  readonly maxTime?: Duration;
  readonly connectTimeout?: Duration;
  readonly insecure: boolean;
}

export interface TransferResult {
  readonly response?: HttpResponse;
  readonly remoteAddress?: string;
  readonly elapsed: Duration;
  readonly exitCode: number;
  /** Without "curl: (N) ". */
  readonly error?: string;
  /** What -v writes. */
  readonly verbose: string;
}

const clientPort = 43_210;

/** One request to one URL; how it can fail is in curl's "EXIT CODES". */
export function transfer(url: ParsedUrl, options: TransferOptions, environment: ExecEnvironment): TransferResult {
  const found = hostAddress(url.host, environment);
  if (found.kind !== 'address') {
    const limit = earliest(options);
    if (limit !== undefined && found.elapsed > limit) {
      return failed(28, `Resolving timed out after ${limit} milliseconds`, limit, '');
    }
    return failed(6, `Could not resolve host: ${url.host}`, found.elapsed, '');
  }
  const { address, all } = found;
  const resolved = isAddress(url.host)
    ? ''
    : `* Host ${url.host}:${url.port} was resolved.\n* IPv6: (none)\n* IPv4: ${all.join(', ')}\n`;
  const trying = `${resolved}*   Trying ${address}:${url.port}...\n`;
  const http = { ...options.request, headers: { Host: url.authority, ...options.request.headers } };
  const outcome = connect({ host: address, port: url.port, protocol: 'TCP', http }, environment);
  const local = environment.pod?.status.podIP ?? '127.0.0.1';
  switch (outcome.kind) {
    case 'delivered':
    case 'closed':
      return connected(outcome, url, address, options, trying);
    case 'refused': {
      const detail = `* connect to ${address} port ${url.port} from ${local} port ${clientPort} failed: Connection refused\n`;
      return cannotConnect(7, url, 0, trying + detail);
    }
    case 'unreachable':
      return cannotConnect(7, url, outcome.errno === 'EHOSTUNREACH' ? hostUnreachableDelay : 0, trying);
    default:
      return connectionTimedOut(url, options, trying);
  }
}

function connected(
  outcome: Outcome & { kind: 'delivered' | 'closed' },
  url: ParsedUrl,
  address: string,
  options: TransferOptions,
  trying: string,
): TransferResult {
  const secure = url.scheme === 'https';
  const opened = `${trying}* Connected to ${url.host} (${address}) port ${url.port}\n`;
  if (secure) {
    const certificate = outcome.server.kind === 'apiserver';
    if (!certificate)
      return failed(35, 'TLS connect error: error:0A00010B:SSL routines::wrong version number', 1, opened, address);
    if (!options.insecure) return failed(60, sslProblem, 1, opened, address);
    return { ...anonymousAnswer(url), remoteAddress: address, elapsed: 1, exitCode: 0, verbose: opened };
  }
  const sent = `${opened}* using HTTP/1.x\n${requestText(url, options.request)}* Request completely sent off\n`;
  if (outcome.kind === 'closed')
    return failed(52, 'Empty reply from server', 1, `${sent}* Empty reply from server\n`, address);
  const { response, reply } = outcome;
  if (!response) {
    if (reply !== undefined && reply !== '')
      return failed(
        1,
        'Received HTTP/0.9 when not allowed',
        1,
        `${sent}* Received HTTP/0.9 when not allowed\n`,
        address,
      );
    const limit = options.maxTime;
    // A silent server keeps the connection: curl waits until it is told to stop.
    if (limit === undefined) return { elapsed: connectTimeout, exitCode: 130, verbose: sent, remoteAddress: address };
    return failed(
      28,
      `Operation timed out after ${limit + 1} milliseconds with 0 bytes received`,
      limit + 1,
      sent,
      address,
    );
  }
  const received = headerLines(response)
    .map((line) => `< ${line}\r\n`)
    .join('');
  const data = response.body === '' ? '' : `{ [${byteLength(response.body)} bytes data]\n`;
  const verbose = `${sent}${received}< \r\n${data}`;
  return {
    response,
    remoteAddress: address,
    elapsed: 1,
    exitCode: 0,
    verbose: `${verbose}* Connection #0 to host ${url.host} left intact\n`,
  };
}

/** What the API server tells somebody without credentials. */
function anonymousAnswer(url: ParsedUrl): Pick<TransferResult, 'response'> {
  const path = url.path.replace(/\?.*/, '');
  const message = `forbidden: User "system:anonymous" cannot get path "${path}"`;
  const status = {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    reason: 'Forbidden',
    details: {},
    code: 403,
  };
  return {
    response: { status: 403, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(status, null, 2) },
  };
}

const sslProblem =
  'SSL certificate problem: unable to get local issuer certificate\n' +
  'More details here: https://curl.se/docs/sslcerts.html\n\n' +
  'curl failed to verify the legitimacy of the server and therefore could not\n' +
  'establish a secure connection to it. To learn more about this situation and\n' +
  'how to fix it, please visit the webpage mentioned above.';

function connectionTimedOut(url: ParsedUrl, options: TransferOptions, verbose: string): TransferResult {
  const { maxTime, connectTimeout: connectLimit } = options;
  if (maxTime !== undefined && maxTime <= Math.min(connectLimit ?? Infinity, connectTimeout)) {
    return failed(28, `Connection timed out after ${maxTime + 1} milliseconds`, maxTime + 1, verbose);
  }
  if (connectLimit !== undefined && connectLimit < connectTimeout) {
    const elapsed = connectLimit + 1;
    return failed(
      28,
      `Failed to connect to ${url.host} port ${url.port} after ${elapsed} ms: Timeout was reached`,
      elapsed,
      verbose,
    );
  }
  return cannotConnect(28, url, connectTimeout, verbose);
}

function cannotConnect(exitCode: number, url: ParsedUrl, elapsed: Duration, verbose: string): TransferResult {
  return failed(
    exitCode,
    `Failed to connect to ${url.host} port ${url.port} after ${elapsed} ms: Could not connect to server`,
    elapsed,
    verbose,
  );
}

function failed(
  exitCode: number,
  error: string,
  elapsed: Duration,
  verbose: string,
  remoteAddress?: string,
): TransferResult {
  const [firstLine = ''] = error.split('\n');
  const closing =
    verbose === ''
      ? `* ${firstLine}\n* shutting down connection #0\n`
      : `${verbose.endsWith(`* ${firstLine}\n`) ? '' : `* ${firstLine}\n`}* closing connection #0\n`;
  return {
    elapsed,
    exitCode,
    error,
    verbose: verbose + closing,
    ...(remoteAddress !== undefined && { remoteAddress }),
  };
}

function earliest({ maxTime, connectTimeout: connectLimit }: TransferOptions): Duration | undefined {
  if (maxTime === undefined) return connectLimit;
  return connectLimit === undefined ? maxTime : Math.min(maxTime, connectLimit);
}

function requestText(url: ParsedUrl, request: HttpRequest): string {
  const headers: Readonly<Record<string, string>> = { Host: url.authority, ...request.headers };
  const lines = [
    `${request.method} ${request.path} HTTP/1.1`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    '',
  ];
  return lines.map((line) => `> ${line}\r\n`).join('');
}

/** Status line and headers, without line ends. */
export function headerLines({ status, headers }: HttpResponse): string[] {
  return [statusLine(status), ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)];
}
