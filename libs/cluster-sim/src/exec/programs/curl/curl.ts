import type { Duration } from '../../../engine/time.ts';
import { absolutePath } from '../../file-system.ts';
import { parseUrl } from '../../networking.ts';
import type { ParsedUrl } from '../../networking.ts';
import { parseOptions } from '../../options.ts';
import type { Options } from '../../options.ts';
import { fail } from '../../program.ts';
import type { ExecEnvironment, Program } from '../../program.ts';
import { byteLength } from '../../text.ts';
import { meterEnd, meterStart } from './meter.ts';
import { curlVersion, headerLines, transfer } from './transfer.ts';
import type { TransferResult } from './transfer.ts';

const maxUrls = 64;
const maxRedirects = 50;

const syntax = {
  short: 'sSfo:w:vIiLm:H:X:d:kOA:e:u:qN46T:c:b:Vx:jgGF:#Z',
  long: {
    silent: 's',
    'show-error': 'S',
    fail: 'f',
    'fail-with-body': 'fail-with-body',
    'output:': 'o',
    'write-out:': 'w',
    verbose: 'v',
    head: 'I',
    include: 'i',
    location: 'L',
    'max-time:': 'm',
    'connect-timeout:': 'connect-timeout',
    'header:': 'H',
    'request:': 'X',
    'data:': 'd',
    'data-raw:': 'd',
    'data-binary:': 'd',
    insecure: 'k',
    'remote-name': 'O',
    'user-agent:': 'A',
    'user:': 'u',
    'retry:': 'retry',
    'retry-delay:': 'retry-delay',
    'retry-connrefused': 'retry-connrefused',
    ipv4: '4',
    ipv6: '6',
    'no-progress-meter': 'no-progress-meter',
    'progress-bar': '#',
    compressed: 'compressed',
    'http1.0': '0',
    'http1.1': 'http1.1',
    'max-redirs:': 'max-redirs',
    'interface:': 'interface',
    'local-port:': 'local-port',
    'resolve:': 'resolve',
    'cacert:': 'cacert',
    'url:': 'url',
    version: 'V',
    'no-buffer': 'N',
    'no-keepalive': 'no-keepalive',
  },
} as const;

/** curl [options] URL... */
export const curl: Program = {
  name: 'curl',
  readsInput: true,
  run(argv, stdin, environment) {
    const parsed = parseOptions(argv.slice(1), syntax);
    const hint = "curl: try 'curl --help' or 'curl --manual' for more information\n";
    if (!parsed.ok) {
      const option = parsed.option.startsWith('--') ? parsed.option : `-${parsed.option}`;
      return fail(
        2,
        `curl: option ${option}: ${parsed.problem === 'unknown' ? 'is unknown' : 'requires parameter'}\n${hint}`,
      );
    }
    const { options } = parsed;
    if (options.has('V'))
      return { stdout: `curl ${curlVersion} (x86_64-pc-linux-gnu)\n`, stderr: '', exitCode: 0, elapsed: 0 };
    const urls = [...options.all('url'), ...parsed.operands].slice(0, maxUrls);
    if (urls.length === 0) return fail(2, `curl: (2) no URL specified\n${hint}`);
    let [stdout, stderr, elapsed, exitCode] = ['', '', 0, 0];
    urls.forEach((url, index) => {
      const result = fetchUrl(url, index, options, stdin, { ...environment, now: environment.now + elapsed });
      stdout += result.stdout;
      stderr += result.stderr;
      elapsed += result.elapsed;
      if (result.exitCode !== 0 || index === urls.length - 1) ({ exitCode } = result);
    });
    return { stdout, stderr, exitCode, elapsed };
  },
};

function fetchUrl(text: string, index: number, options: Options, stdin: string, environment: ExecEnvironment) {
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):\/\//.exec(text)?.[1]?.toLowerCase() ?? 'http';
  if (scheme !== 'http' && scheme !== 'https') {
    return { stdout: '', stderr: `curl: (1) Protocol "${scheme}" not supported\n`, exitCode: 1, elapsed: 0 };
  }
  const first = parseUrl(text);
  if (!first)
    return {
      stdout: '',
      stderr: 'curl: (3) URL rejected: Malformed input to a URL function\n',
      exitCode: 3,
      elapsed: 0,
    };
  let url: ParsedUrl = first;
  let result = attempt(url, options, stdin, environment);
  let headers = options.has('i') || options.has('I') ? headerText(result) : '';
  let { elapsed, verbose } = result;
  let redirects = 0;
  for (let next = redirection(url, result, options); next; next = redirection(url, result, options)) {
    if (redirects >= Number(options.last('max-redirs') ?? maxRedirects)) {
      result = { ...result, exitCode: 47, error: `Maximum (${redirects}) redirects followed` };
      break;
    }
    redirects += 1;
    url = next;
    result = attempt(url, options, stdin, environment);
    elapsed += result.elapsed;
    verbose += result.verbose;
    if (options.has('i') || options.has('I')) headers += headerText(result);
  }
  const refused = refusedStatus(result, options);
  const body = refused && !options.has('fail-with-body') ? '' : (result.response?.body ?? '');
  const error = refused
    ? { exitCode: 22, error: `The requested URL returned error: ${result.response?.status}` }
    : result;
  const saved = save(headers + body, index, url, options, environment);
  const exitCode = saved.failed ? 23 : error.exitCode;
  const message = saved.failed ? 'client returned ERROR on write, 0 bytes written' : error.error;
  return {
    stdout: saved.stdout + writeOut(options.last('w'), url, { ...result, elapsed, exitCode }, redirects),
    stderr: errorOutput(options, verbose, byteLength(body), elapsed, exitCode, message, saved.stdout === ''),
    exitCode,
    elapsed,
  };
}

function attempt(url: ParsedUrl, options: Options, stdin: string, environment: ExecEnvironment): TransferResult {
  const data = options.all('d').map((item) => (item === '@-' ? stdin : item));
  const method =
    options.last('X') ?? (options.has('I') ? 'HEAD' : data.length > 0 && !options.has('G') ? 'POST' : 'GET');
  const headers = new Map([
    ['User-Agent', options.last('A') ?? `curl/${curlVersion}`],
    ['Accept', '*/*'],
  ]);
  if (data.length > 0) {
    headers.set('Content-Length', String(byteLength(data.join('&'))));
    headers.set('Content-Type', 'application/x-www-form-urlencoded');
  }
  for (const header of options.all('H')) {
    const colon = header.indexOf(':');
    if (colon > 0) headers.set(header.slice(0, colon), header.slice(colon + 1).trim());
  }
  const request = {
    method,
    path: url.path,
    headers: Object.fromEntries(headers),
    ...(data.length > 0 && { body: data.join('&') }),
  };
  const maxTime = milliseconds(options.last('m'));
  const connectTimeout = milliseconds(options.last('connect-timeout'));
  const limits = { ...(maxTime !== undefined && { maxTime }), ...(connectTimeout !== undefined && { connectTimeout }) };
  return transfer(url, { request, insecure: options.has('k'), ...limits }, environment);
}

function milliseconds(seconds: string | undefined): Duration | undefined {
  const value = Number(seconds ?? 0);
  return value > 0 && Number.isFinite(value) ? Math.round(value * 1_000) : undefined;
}

function redirection(url: ParsedUrl, { response }: TransferResult, options: Options): ParsedUrl | undefined {
  if (!options.has('L') || !response || response.status < 300 || response.status > 399) return undefined;
  const location = response.headers['Location'] ?? response.headers['location'];
  if (location === undefined) return undefined;
  if (/^[a-z]+:\/\//i.test(location)) return parseUrl(location);
  return parseUrl(
    `${url.scheme}://${url.authority}${location.startsWith('/') ? location : url.path.slice(0, url.path.lastIndexOf('/') + 1) + location}`,
  );
}

function refusedStatus({ response }: TransferResult, options: Options): boolean {
  return (options.has('f') || options.has('fail-with-body')) && response !== undefined && response.status >= 400;
}

function headerText({ response }: TransferResult): string {
  return response ? `${[...headerLines(response), ''].join('\r\n')}\r\n` : '';
}

function save(text: string, index: number, url: ParsedUrl, options: Options, environment: ExecEnvironment) {
  const file = options.has('O')
    ? url.path.replace(/\?.*/, '').slice(url.path.lastIndexOf('/') + 1)
    : options.all('o')[index];
  if (file === undefined || file === '-') return { stdout: text, failed: false };
  const fault = environment.files.write(absolutePath(file, environment.workingDirectory), text);
  return { stdout: '', failed: fault !== undefined };
}

function errorOutput(
  options: Options,
  verbose: string,
  received: number,
  elapsed: Duration,
  exitCode: number,
  error: string | undefined,
  saved: boolean,
): string {
  const silent = options.has('s');
  const meter = !silent && !options.has('no-progress-meter') && !(options.has('I') && !saved);
  const log = options.has('v') ? verbose : '';
  const message = error !== undefined && (!silent || options.has('S')) ? `curl: (${exitCode}) ${error}\n` : '';
  return meter ? `${meterStart}${log}${meterEnd(received, elapsed)}${message}` : log + message;
}

function writeOut(format: string | undefined, url: ParsedUrl, result: TransferResult, redirects: number): string {
  if (format === undefined) return '';
  const { response, remoteAddress, elapsed, exitCode, error } = result;
  const seconds = (elapsed / 1_000).toFixed(6);
  const status = String(response?.status ?? 0).padStart(3, '0');
  const values: ReadonlyMap<string, string> = new Map([
    ['http_code', status],
    ['response_code', status],
    ['remote_ip', remoteAddress ?? ''],
    ['remote_port', remoteAddress === undefined ? '0' : String(url.port)],
    ['url_effective', `${url.scheme}://${url.authority}${url.path}`],
    ['url', `${url.scheme}://${url.authority}${url.path}`],
    ['time_total', seconds],
    ['time_connect', remoteAddress === undefined ? '0.000000' : '0.000500'],
    ['time_namelookup', '0.000200'],
    ['time_starttransfer', seconds],
    ['size_download', String(byteLength(response?.body ?? ''))],
    ['num_redirects', String(redirects)],
    ['content_type', response?.headers['Content-Type'] ?? ''],
    ['exitcode', String(exitCode)],
    ['errormsg', error ?? ''],
    ['http_version', response ? '1.1' : '0'],
  ]);
  return format.replace(/%\{(\w+)\}|%%|\\([nrt])/g, (whole, name: string | undefined, escaped: string | undefined) => {
    if (name !== undefined) return values.get(name) ?? '';
    if (escaped !== undefined) return escaped === 'n' ? '\n' : escaped === 'r' ? '\r' : '\t';
    return whole === '%%' ? '%' : whole;
  });
}
