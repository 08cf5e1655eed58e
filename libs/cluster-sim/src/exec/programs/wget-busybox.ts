import type { Duration } from '../../engine/time.ts';
import type { HttpResponse, Outcome } from '../../network/flow.ts';
import { absolutePath } from '../file-system.ts';
import { statusLine } from '../http-reasons.ts';
import { connect, connectError, hostAddress, parseUrl } from '../networking.ts';
import type { ParsedUrl } from '../networking.ts';
import { optionError, parseOptions } from '../options.ts';
import type { Options } from '../options.ts';
import { fail } from '../program.ts';
import type { ExecEnvironment, Program, ProgramResult } from '../program.ts';
import { byteLength } from '../text.ts';

const maxRedirects = 20;
/** -T: seconds; busybox's default is 900. */
const defaultTimeout = 900;

const syntax = {
  short: 'cqSO:o:P:Y:U:T:t:n:',
  long: {
    spider: 'spider',
    'header:': 'header',
    'post-data:': 'post-data',
    'no-check-certificate': 'k',
    quiet: 'q',
    'timeout:': 'T',
    'tries:': 't',
    'output-document:': 'O',
  },
};

/** wget of busybox 1.36 (networking/wget.c). */
export const busyboxWget: Program = {
  name: 'wget',
  run(argv, _stdin, environment) {
    const parsed = parseOptions(argv.slice(1), syntax);
    if (!parsed.ok) return fail(1, optionError('wget', parsed));
    const [text] = parsed.operands;
    if (text === undefined) return fail(1, 'wget: missing URL\n');
    let url = parseUrl(text);
    let [log, elapsed] = ['', 0];
    for (let count = 0; count <= maxRedirects; count += 1) {
      if (!url || (url.scheme !== 'http' && url.scheme !== 'https'))
        return fail(1, `${log}wget: not an http or ftp url: ${text}\n`, elapsed);
      const answer = request(url, parsed.options, environment);
      if (!parsed.options.has('q')) log += answer.log;
      if (parsed.options.has('S') && answer.kind === 'answered') log += responseLines(answer.response);
      elapsed += answer.elapsed;
      if (answer.kind === 'failed') return fail(1, `${log}wget: ${answer.error}\n`, elapsed);
      const location = answer.response.headers['Location'];
      if (answer.response.status < 300 || location === undefined)
        return finish(url, answer.response, log, elapsed, parsed.options, environment);
      url = parseUrl(/^[a-z]+:/.test(location) ? location : `http://${url.authority}${location}`);
    }
    return fail(1, `${log}wget: too many redirections\n`, elapsed);
  },
};

/** -S: what the server said, each line behind two blanks. */
function responseLines({ status, headers }: HttpResponse): string {
  const lines = [statusLine(status), ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`), ''];
  return lines.map((line) => `  ${line}\n`).join('');
}

type Answer = { readonly log: string; readonly elapsed: Duration } & (
  { readonly kind: 'answered'; readonly response: HttpResponse } | { readonly kind: 'failed'; readonly error: string }
);

function request(url: ParsedUrl, options: Options, environment: ExecEnvironment): Answer {
  const found = hostAddress(url.host, environment);
  if (found.kind !== 'address')
    return { kind: 'failed', error: `bad address '${url.authority}'`, log: '', elapsed: found.elapsed };
  const log = `Connecting to ${url.authority} (${found.address}:${url.port})\n`;
  const headers = new Map([
    ['Host', url.authority],
    ['User-Agent', 'Wget'],
    ['Connection', 'close'],
  ]);
  for (const header of options.all('header'))
    headers.set(header.split(':', 1)[0] ?? '', header.slice(header.indexOf(':') + 1).trim());
  const body = options.last('post-data');
  const http = {
    method: body === undefined ? (options.has('spider') ? 'HEAD' : 'GET') : 'POST',
    path: url.path,
    headers: Object.fromEntries(headers),
    ...(body !== undefined && { body }),
  };
  const outcome = connect({ host: found.address, port: url.port, protocol: 'TCP', http }, environment);
  const timeout = Number(options.last('T') ?? defaultTimeout) * 1_000;
  return { log, ...judge(outcome, found.address, timeout, url.scheme === 'https') };
}

function judge(outcome: Outcome, address: string, timeout: Duration, secure: boolean) {
  if (outcome.kind === 'delivered' && secure)
    return { kind: 'failed', error: 'error getting response: Connection reset by peer', elapsed: 1 } as const;
  if (outcome.kind === 'delivered' && outcome.response) {
    const { response } = outcome;
    if (response.status >= 400)
      return { kind: 'failed', error: `server returned error: ${statusLine(response.status)}`, elapsed: 1 } as const;
    return { kind: 'answered', response, elapsed: 1 } as const;
  }
  if (outcome.kind === 'delivered') {
    if (outcome.reply === undefined || outcome.reply === '')
      return { kind: 'failed', error: 'download timed out', elapsed: timeout } as const;
    const [line = ''] = outcome.reply.split(/[\r\n]/, 1);
    return { kind: 'failed', error: `server returned error: ${line}`, elapsed: 1 } as const;
  }
  if (outcome.kind === 'closed') return { kind: 'failed', error: 'error getting response', elapsed: 1 } as const;
  const { text, elapsed } = connectError(outcome);
  if (elapsed > timeout) return { kind: 'failed', error: 'download timed out', elapsed: timeout } as const;
  return { kind: 'failed', error: `can't connect to remote host (${address}): ${text}`, elapsed } as const;
}

function finish(
  url: ParsedUrl,
  response: HttpResponse,
  log: string,
  elapsed: Duration,
  options: Options,
  environment: ExecEnvironment,
): ProgramResult {
  const quiet = options.has('q');
  if (options.has('spider'))
    return { stdout: '', stderr: `${log}${quiet ? '' : 'remote file exists\n'}`, exitCode: 0, elapsed };
  const last = url.path.replace(/\?.*/, '');
  const file = options.last('O') ?? (last.slice(last.lastIndexOf('/') + 1) || 'index.html');
  const bar = `${(file === '-' ? '-' : file).padEnd(20).slice(0, 20)} 100% |${'*'.repeat(32)}| ${String(byteLength(response.body)).padStart(5)}  0:00:00 ETA\n`;
  if (file === '-')
    return {
      stdout: response.body,
      stderr: log + (quiet ? '' : `writing to stdout\n${bar}written to stdout\n`),
      exitCode: 0,
      elapsed,
    };
  const path = absolutePath(file, environment.workingDirectory);
  if (!options.has('O') && environment.files.exists(path))
    return fail(1, `${log}wget: can't open '${file}': File exists\n`, elapsed);
  const fault = environment.files.write(path, response.body);
  if (fault) return fail(1, `${log}wget: can't open '${file}': No such file or directory\n`, elapsed);
  return {
    stdout: '',
    stderr: log + (quiet ? '' : `saving to '${file}'\n${bar}'${file}' saved\n`),
    exitCode: 0,
    elapsed,
  };
}
