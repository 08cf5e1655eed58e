import { goStopCode, serve, stoppable } from '../../exec/program.ts';
import type { ExecEnvironment, ProgramResult } from '../../exec/program.ts';
import { goResponse, httpListener } from '../http-application.ts';
import type { Listener } from '../image-model.ts';

/** test/images/agnhost/porter/porter.go: SERVE_PORT_80=text and its like say on which port to answer what. */
export function porter(args: readonly string[], { variables }: ExecEnvironment): ProgramResult {
  const json = args.some((argument) => /^--json-response(=true)?$/.test(argument));
  const listeners: Listener[] = [];
  for (const [name, value] of variables) {
    const match = /^SERVE_(TCP_|UDP_|SCTP_|TLS_)?PORT_(\d{1,5})$/.exec(name);
    const port = Number(match?.[2]);
    if (!match || port < 1 || port > 65_535) continue;
    if (match[1] === 'UDP_' || match[1] === 'SCTP_') {
      listeners.push({
        port,
        protocol: match[1] === 'UDP_' ? 'UDP' : 'SCTP',
        address: '0.0.0.0',
        application: { kind: 'raw', answer: () => value },
      });
    } else {
      const listener = httpListener(port, (request, { now }) =>
        json
          ? goResponse(request, now, JSON.stringify({ Method: request.method, Body: value }), 200, {
              'Content-Type': 'application/json',
            })
          : goResponse(request, now, value),
      );
      const application = match[1] === 'TLS_' ? { ...listener.application, isSecure: true } : listener.application;
      listeners.push({ ...listener, application });
    }
  }
  return stoppable(serve(listeners), goStopCode);
}
