import { succeed } from '../program.ts';
import type { Program } from '../program.ts';
import { joinLines } from '../text.ts';

/** netstat -tln and ss -tln: what the container listens on, which is what decides, whatever containerPort says. */
export function socketList(name: 'netstat' | 'ss'): Program {
  return {
    name,
    run(_argv, _stdin, { listeners }) {
      const heading =
        name === 'netstat'
          ? [
              'Active Internet connections (only servers)',
              'Proto Recv-Q Send-Q Local Address           Foreign Address         State       ',
            ]
          : ['State    Recv-Q   Send-Q     Local Address:Port      Peer Address:Port  Process  '];
      const rows = listeners.map(({ port, protocol, address }) =>
        name === 'netstat'
          ? `${protocol.toLowerCase().padEnd(5)}      0      0 ${`${address}:${port}`.padEnd(23)} ${'0.0.0.0:*'.padEnd(23)} ${protocol === 'TCP' ? 'LISTEN' : ''}`.padEnd(
              80,
            )
          : `${(protocol === 'TCP' ? 'LISTEN' : 'UNCONN').padEnd(9)}0        511       ${`${address}:${port}`.padStart(22)}           0.0.0.0:*`,
      );
      return succeed(joinLines([...heading, ...rows]));
    },
  };
}
