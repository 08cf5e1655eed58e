import { fail, goStopCode, serve, stoppable } from '../exec/program.ts';
import type { Program } from '../exec/program.ts';
import { goResponse, httpListener, pathOf } from './http-application.ts';
import { defineImage } from './image-definition.ts';
import type { Listener } from './image-model.ts';
import { parseGoFlags } from './go-flags.ts';

const version = '1.0.0';

/** github.com/hashicorp/http-echo main.go: -listen (":5678"), -text (or ECHO_TEXT), -status-code (200); /health answers of itself. */
const httpEcho: Program = {
  name: 'http-echo',
  run(argv, _stdin, { variables }) {
    const flags = parseGoFlags(argv.slice(1), ['version']);
    if (!flags.ok) return fail(2, `${flags.message}\n`);
    if (flags.values.has('version')) return fail(0, `http-echo v${version}\n`);
    const text = flags.values.get('text') ?? variables.get('ECHO_TEXT') ?? '';
    if (text === '') return fail(127, 'Missing -text option or ECHO_TEXT env var!\n');
    if (flags.operands.length > 0) return fail(127, 'Too many arguments!\n');
    const status = Number(flags.values.get('status-code') ?? 200);
    const endpoint = flags.values.get('listen') ?? ':5678';
    const socket = parseEndpoint(endpoint);
    if (!socket) return fail(1, `[ERR] listen tcp: address ${endpoint}: missing port in address\n`);
    const headers = { 'X-App-Name': 'http-echo', 'X-App-Version': version };
    const listener = httpListener(
      socket.port,
      (request, { now }) =>
        pathOf(request) === '/health'
          ? goResponse(request, now, '{"status":"ok"}\n', 200, headers)
          : goResponse(request, now, `${text}\n`, status, headers),
      socket.address,
    );
    return stoppable(serve([listener], '', `[INFO] server is listening on ${endpoint}\n`), goStopCode);
  },
};

function parseEndpoint(endpoint: string): { readonly address: Listener['address']; readonly port: number } | undefined {
  const match = /^(.*):(\d{1,5})$/.exec(endpoint);
  const port = Number(match?.[2]);
  if (!match || port < 1 || port > 65_535) return undefined;
  return { address: match[1]?.startsWith('127.') || match[1] === 'localhost' ? '127.0.0.1' : '0.0.0.0', port };
}

/** The image holds the one binary: no shell, nothing to exec. */
export const httpEchoImage = defineImage({
  repositories: ['hashicorp/http-echo'],
  tags: /^(latest|alpine|1\.0(\.0)?|0\.2\.[0-4]|0\.1\.0)$/,
  entrypoint: ['/http-echo'],
  programs: [[httpEcho]],
});
