import { fail, goStopCode, serve, stoppable } from '../../exec/program.ts';
import type { ProgramResult } from '../../exec/program.ts';
import { parseGoFlags } from '../go-flags.ts';
import { goError, goResponse, httpListener, pathOf, silentListener } from '../http-application.ts';

const switches: ReadonlySet<string> = new Set(['/make-serving', '/make-not-serving']);

/** test/images/agnhost/grpc-health-checking: the health of the one service that --service names. */
export function grpcHealthChecking(args: readonly string[]): ProgramResult {
  const names = ['port', 'http-port', 'delay-unhealthy-sec', 'service', 'tls-cert-file', 'tls-private-key-file'];
  const flags = parseGoFlags(args, [], names);
  if (!flags.ok) return fail(1, `Error: ${flags.message}\n`);
  const number = (name: string, otherwise: number): number => Number(flags.values.get(name) ?? otherwise);
  const [port, httpPort] = [number('port', 5_000), number('http-port', 8_080)];
  const registered = flags.values.get('service') ?? '';
  const health = { ...silentListener(port), grpcHealth: (service: string) => service === registered };
  const control = httpListener(httpPort, (request, { now }) =>
    switches.has(pathOf(request)) ? goResponse(request, now, '1s') : goError(request, now, 404, '404 page not found'),
  );
  const log = `Http server starting to listen on :${httpPort}\ngRPC server starting to listen on :${port}\n`;
  return stoppable(serve([health, control], '', log), goStopCode);
}
