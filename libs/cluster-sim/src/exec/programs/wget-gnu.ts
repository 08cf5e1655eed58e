import type { Duration, Instant } from '../../engine/time.ts';
import type { HttpResponse } from '../../network/flow.ts';
import { absolutePath } from '../file-system.ts';
import { reasonOf } from '../http-reasons.ts';
import { connect, connectError, hostAddress, isAddress, parseUrl } from '../networking.ts';
import type { ParsedUrl } from '../networking.ts';
import { optionError, parseOptions } from '../options.ts';
import type { Options } from '../options.ts';
import { fail } from '../program.ts';
import type { ExecEnvironment, Program, ProgramResult } from '../program.ts';
import { byteLength } from '../text.ts';

const syntax = {
  short: 'qO:T:t:Sdcnv4',
  long: {
    quiet: 'q',
    spider: 'spider',
    'timeout:': 'T',
    'tries:': 't',
    'output-document:': 'O',
    'header:': 'header',
    'no-check-certificate': 'k',
    'no-verbose': 'nv',
    'server-response': 'S',
    'post-data:': 'post-data',
  },
};

/** GNU Wget 1.21: exit codes 4 (network), 8 (server's error). Texts as its log writes them without a terminal. */
export const gnuWget: Program = {
  name: 'wget',
  run(argv, _stdin, environment) {
    const parsed = parseOptions(argv.slice(1), syntax);
    if (!parsed.ok) return fail(2, optionError('wget', parsed));
    const [text] = parsed.operands;
    if (text === undefined)
      return fail(1, "wget: missing URL\nUsage: wget [OPTION]... [URL]...\n\nTry `wget --help' for more options.\n");
    const url = parseUrl(text);
    if (!url || url.scheme !== 'http') return fail(1, `${text}: Unsupported scheme.\n`);
    const result = retrieve(url, parsed.options, environment);
    return parsed.options.has('q') ? { ...result, stderr: '' } : result;
  },
};

function retrieve(url: ParsedUrl, options: Options, environment: ExecEnvironment): ProgramResult {
  const { now } = environment;
  const spider = options.has('spider') ? 'Spider mode enabled. Check if remote file exists.\n' : '';
  let log = `${spider}--${timeStamp(now)}--  http://${url.authority}${url.path}\n`;
  const found = hostAddress(url.host, environment);
  if (!isAddress(url.host)) log += `Resolving ${url.host} (${url.host})... `;
  if (found.kind !== 'address') {
    return fail(
      4,
      `${log}failed: Name or service not known.\nwget: unable to resolve host address ‘${url.host}’\n`,
      found.elapsed,
    );
  }
  const place = isAddress(url.host)
    ? `${url.host}:${url.port}`
    : `${url.host} (${url.host})|${found.address}|:${url.port}`;
  if (!isAddress(url.host)) log += `${found.all.join(', ')}\n`;
  log += `Connecting to ${place}... `;
  const http = {
    method: options.has('spider') ? 'HEAD' : 'GET',
    path: url.path,
    headers: {
      Host: url.authority,
      'User-Agent': 'Wget/1.21.3',
      Accept: '*/*',
      'Accept-Encoding': 'identity',
      Connection: 'Keep-Alive',
    },
  };
  const outcome = connect({ host: found.address, port: url.port, protocol: 'TCP', http }, environment);
  const timeout = Number(options.last('T') ?? 900) * 1_000;
  if (outcome.kind === 'closed')
    return fail(4, `${log}connected.\nHTTP request sent, awaiting response... No data received.\nGiving up.\n\n`, 1);
  if (outcome.kind === 'delivered' && outcome.response)
    return deliver(
      url,
      outcome.response,
      `${log}connected.\nHTTP request sent, awaiting response... `,
      options,
      environment,
    );
  if (outcome.kind === 'delivered')
    return fail(
      4,
      `${log}connected.\nHTTP request sent, awaiting response... Read error (Connection timed out) in headers.\nGiving up.\n\n`,
      timeout,
    );
  const { text, elapsed } = connectError(outcome);
  const waited = Math.min(elapsed, timeout);
  const tries = Math.max(Number(options.last('t') ?? 20), 1);
  if (text !== 'Connection timed out') return fail(4, `${log}failed: ${text}.\n`, waited);
  return fail(
    4,
    `${log}failed: Connection timed out.\n${repeated(tries, url, place, now, waited)}Giving up.\n\n`,
    tries * waited,
  );
}

function repeated(tries: number, url: ParsedUrl, place: string, now: Instant, waited: Duration): string {
  let text = '';
  for (let attempt = 2; attempt <= Math.min(tries, 20); attempt += 1) {
    text += `Retrying.\n\n--${timeStamp(now + (attempt - 1) * waited)}--  (try:${String(attempt).padStart(2)})  http://${url.authority}${url.path}\nConnecting to ${place}... failed: Connection timed out.\n`;
  }
  return text;
}

function deliver(
  url: ParsedUrl,
  response: HttpResponse,
  log: string,
  options: Options,
  environment: ExecEnvironment,
): ProgramResult {
  const { status, body } = response;
  const answered = `${log}${status} ${reasonOf(status)}\n`;
  const stamp = timeStamp(environment.now);
  if (status >= 400) {
    const spider = 'Remote file does not exist -- broken link!!!\n\n';
    return fail(
      8,
      options.has('spider') ? answered + spider : `${answered}${stamp} ERROR ${status}: ${reasonOf(status)}.\n\n`,
      1,
    );
  }
  const type = (response.headers['Content-Type'] ?? '').split(';', 1)[0] ?? '';
  const size = byteLength(body);
  const length = `Length: ${size}${type === '' ? '' : ` [${type}]`}\n`;
  if (options.has('spider')) {
    return {
      stdout: '',
      stderr: `${answered}${length}Remote file exists and could contain further links,\nbut recursion is disabled -- not retrieving.\n\n`,
      exitCode: 0,
      elapsed: 1,
    };
  }
  const name = url.path.replace(/\?.*/, '');
  const file = options.last('O') ?? (name.slice(name.lastIndexOf('/') + 1) || 'index.html');
  const shown = file === '-' ? 'STDOUT' : file;
  const progress = `Saving to: ‘${shown}’\n\n     0K ${' '.repeat(51)}100%  100M=0s\n\n`;
  const end = `${stamp} (100 MB/s) - ${file === '-' ? 'written to stdout' : `‘${file}’ saved`} [${size}/${size}]\n\n`;
  if (file !== '-') environment.files.write(absolutePath(file, environment.workingDirectory), body);
  return { stdout: file === '-' ? body : '', stderr: answered + length + progress + end, exitCode: 0, elapsed: 1 };
}

function timeStamp(now: Instant): string {
  return new Date(now).toISOString().slice(0, 19).replace('T', ' ');
}
