import { fail, serve, stoppable } from '../../exec/program.ts';
import type { ExecEnvironment, ProgramResult } from '../../exec/program.ts';
import { parseGoFlags } from '../go-flags.ts';
import { goResponse, httpListener } from '../http-application.ts';
import type { Listener } from '../image-model.ts';

/** Told to stop, it serves on for a minute. */
const awaitsDeletion = 60_000;

/** test/images/agnhost/serve-hostname/serve_hostname.go: HTTP by default, raw TCP and UDP with --tcp and --udp --http=false. */
export function serveHostname(args: readonly string[], { hostname }: ExecEnvironment): ProgramResult {
  const flags = parseGoFlags(args, ['tcp', 'udp', 'http', 'close'], ['port']);
  if (!flags.ok) return fail(1, `Error: ${flags.message}\n`);
  const enabled = (name: string, otherwise: boolean): boolean =>
    (flags.values.get(name) ?? String(otherwise)) === 'true';
  const [tcp, udp, http] = [enabled('tcp', false), enabled('udp', false), enabled('http', true)];
  if (http && (tcp || udp)) return fail(1, "Can't server TCP/UDP mode and HTTP mode at the same time\n");
  const port = Number(flags.values.get('port') ?? 9_376);
  const headers: Record<string, string> = enabled('close', false) ? { Connection: 'close' } : {};
  const listeners: Listener[] = [];
  if (tcp)
    listeners.push({
      port,
      protocol: 'TCP',
      address: '0.0.0.0',
      application: { kind: 'raw', greeting: hostname, answer: () => '' },
    });
  if (udp)
    listeners.push({ port, protocol: 'UDP', address: '0.0.0.0', application: { kind: 'raw', answer: () => hostname } });
  if (http) listeners.push(httpListener(port, (request, { now }) => goResponse(request, now, hostname, 200, headers)));
  return stoppable(serve(listeners, '', `Serving on port ${port}.\n`), 0, awaitsDeletion);
}
