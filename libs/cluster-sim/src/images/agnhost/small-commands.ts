import { absolutePath } from '../../exec/file-system.ts';
import { fail, serve, stoppable, succeed } from '../../exec/program.ts';
import type { ExecEnvironment, ProgramResult } from '../../exec/program.ts';
import { joinLines } from '../../exec/text.ts';
import { parseGoFlags } from '../go-flags.ts';
import { goDuration, goLogLine, parseGoDuration } from '../go-text.ts';
import { goError, goRedirect, goResponse, httpListener, pathOf, queryOf } from '../http-application.ts';

/** pause/pause.go: 1 after SIGINT, 2 after SIGTERM. */
const pauseStopCode = 2;

/** test/images/agnhost/pause. */
export function pause(): ProgramResult {
  return stoppable(serve([], 'Paused\nSignals registered\n'), pauseStopCode);
}

/** dns-suffix and dns-server-list (test/images/agnhost/dns): the words of one line of resolv.conf, by commas. */
export function resolvConfWords(keyword: 'search' | 'nameserver') {
  return (_args: readonly string[], { files }: ExecEnvironment): ProgramResult => {
    const line = files
      .read('/etc/resolv.conf')
      .split('\n')
      .find((each) => each.startsWith(keyword));
    if (line === undefined)
      return fail(2, 'panic: Could not find DNS search list!\n\ngoroutine 1 [running]:\nmain.main()\n');
    return succeed(`${line.split(' ').slice(1).join(',')}\n`);
  };
}

export function etcHosts(_args: readonly string[], { files }: ExecEnvironment): ProgramResult {
  return succeed(files.read('/etc/hosts'));
}

/** test/images/agnhost/test-webserver: net/http's file server over the whole file system. */
export function testWebserver(args: readonly string[], environment: ExecEnvironment): ProgramResult {
  const flags = parseGoFlags(args, [], ['port']);
  if (!flags.ok) return fail(1, `Error: ${flags.message}\n`);
  return serve([
    httpListener(Number(flags.values.get('port') ?? 80), (request, connection) => {
      const { now } = connection;
      const files = connection.files?.() ?? environment.files;
      const path = absolutePath(pathOf(request), '/');
      if (files.isFile(path)) return goResponse(request, now, files.read(path));
      if (!files.isDirectory(path)) return goError(request, now, 404, '404 page not found');
      if (!pathOf(request).endsWith('/'))
        return goRedirect(request, now, `${path.slice(path.lastIndexOf('/') + 1)}/`, 301);
      const names = files.list(path).map((name) => {
        const shown = files.isDirectory(absolutePath(name, path)) ? `${name}/` : name;
        return `<a href="${encodeURI(shown)}">${shown}</a>\n`;
      });
      const page = `<!doctype html>\n<meta name="viewport" content="width=device-width">\n<pre>\n${names.join('')}</pre>\n`;
      return goResponse(request, now, page, 200, { 'Content-Type': 'text/html; charset=utf-8' });
    }),
  ]);
}

/** test/images/agnhost/liveness: healthy for ten seconds. */
export function liveness(_args: readonly string[], { now: started }: ExecEnvironment): ProgramResult {
  const healthy = 10_000;
  return serve([
    httpListener(8_080, (request, { now }) => {
      const age = now - started;
      switch (pathOf(request)) {
        case '/started':
          return goResponse(request, now, goDuration(age));
        case '/healthz':
          return age > healthy
            ? goResponse(request, now, `error: ${age / 1_000}`, 500)
            : goResponse(request, now, 'ok');
        case '/redirect':
          return goRedirect(request, now, queryOf(request).get('loc') ?? '', 302);
        default:
          return goError(request, now, 404, '404 page not found');
      }
    }),
  ]);
}

const maxLogLines = 1_000;

/** test/images/agnhost/logs-generator: lines about requests at an even pace; methods, names and codes are drawn by chance there. */
export function logsGenerator(args: readonly string[], { now }: ExecEnvironment): ProgramResult {
  const flags = parseGoFlags(
    args.map((argument) => argument.replace(/^-t(?==|$)/, '--log-lines-total').replace(/^-d(?==|$)/, '--run-duration')),
    [],
    ['log-lines-total', 'run-duration'],
  );
  if (!flags.ok) return fail(1, `Error: ${flags.message}\n`);
  const total = Number(flags.values.get('log-lines-total') ?? 0);
  const duration = parseGoDuration(flags.values.get('run-duration') ?? '0') ?? 0;
  if (!(total > 0)) return fail(255, `${klogHead('F', now)}] Invalid total number of lines: ${total}\n`);
  if (duration <= 0) return fail(255, `${klogHead('F', now)}] Invalid duration: 0s\n`);
  const lines = Array.from({ length: Math.min(total, maxLogLines) }, (_each, index) => {
    const at = now + Math.floor((duration * index) / total);
    return `${klogHead('I', at)}] ${index} GET /api/v1/namespaces/default/pods/${(index % 90) + 10} 200`;
  });
  return { stdout: '', stderr: joinLines(lines), exitCode: 0, elapsed: duration };
}

/** klog's header: severity, month and day, time, thread, file. */
function klogHead(severity: 'I' | 'F', at: number): string {
  const iso = new Date(at).toISOString();
  return `${severity}${iso.slice(5, 7)}${iso.slice(8, 10)} ${iso.slice(11, 23)}000       1 logs_generator.go:76`;
}

/** test/images/agnhost/net: a server of runners, none of which is modelled. */
export function net(args: readonly string[], { now }: ExecEnvironment): ProgramResult {
  const flags = parseGoFlags(args, [], ['serve', 'runner', 'options', 'delay-shutdown']);
  if (!flags.ok) return fail(1, `Error: ${flags.message}\n`);
  const address = flags.values.get('serve') ?? '';
  const runner = flags.values.get('runner') ?? '';
  if (address === '' && runner === '')
    return fail(1, goLogLine(now, 'Must set either --runner or --serve, see --help'));
  if (address === '')
    return fail(1, goLogLine(now, `Error: Invalid runner: '${runner}', see --help`), 0, 'output:\n\n');
  const port = Number(address.slice(address.lastIndexOf(':') + 1));
  const listener = httpListener(
    port,
    (request, { now: at }) =>
      pathOf(request).startsWith('/run/')
        ? goError(request, at, 400, 'Missing request body')
        : goError(request, at, 404, '404 page not found'),
    address.startsWith('127.') ? '127.0.0.1' : '0.0.0.0',
  );
  return serve([listener], '', goLogLine(now, `main.go:112: Running server on ${address}`));
}

/** test/images/agnhost/nettest: it contacts its peers while it runs; what it knows at the start is nothing. */
export function nettest(args: readonly string[], { hostname }: ExecEnvironment): ProgramResult {
  const flags = parseGoFlags(args, [], ['port', 'peers', 'service', 'namespace', 'delay-shutdown']);
  if (!flags.ok) return fail(1, `Error: ${flags.message}\n`);
  const state = { Hostname: hostname, Sent: null, Received: null, Errors: null, Log: null, StillContactingPeers: true };
  return serve([
    httpListener(Number(flags.values.get('port') ?? 8_080), (request, { now }) => {
      switch (pathOf(request)) {
        case '/read':
          return goResponse(request, now, JSON.stringify(state, undefined, '\t'));
        case '/status':
          return goResponse(request, now, 'running');
        case '/write':
          return goResponse(request, now, `${JSON.stringify({ Hostname: hostname })}\n`);
        case '/quit':
          return 'closed';
        default:
          return goError(request, now, 404, '404 page not found');
      }
    }),
  ]);
}
