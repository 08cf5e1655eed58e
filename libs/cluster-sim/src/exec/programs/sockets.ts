import type { Listener } from '../../images/image-model.ts';
import { succeed } from '../program.ts';
import type { Program } from '../program.ts';
import { joinLines } from '../text.ts';

/** netstat -tln and ss -tln: what the container listens on, which is what decides, whatever containerPort says. */
export function socketList(name: 'netstat' | 'ss'): Program {
  return {
    name,
    run(argv, _stdin, { listeners }) {
      const letters = argv
        .slice(1)
        .filter((argument) => /^-[a-zA-Z]/.test(argument))
        .join('');
      const shown = listeners.filter(({ protocol }) => isShown(protocol, letters));
      // Without -l or -a there are connections only, and none is open between commands.
      const rows = /[la]/.test(letters) ? shown : [];
      return succeed(joinLines(name === 'netstat' ? netstat(rows, letters) : ss(rows, letters)));
    },
  };
}

/** -t and -u choose; without either all are there. */
function isShown(protocol: Listener['protocol'], letters: string): boolean {
  if (!/[tu]/.test(letters)) return true;
  return protocol === 'TCP' ? letters.includes('t') : protocol === 'UDP' && letters.includes('u');
}

/** busybox networking/netstat.c. */
function netstat(listeners: readonly Listener[], letters: string): readonly string[] {
  const which = letters.includes('l')
    ? '(only servers)'
    : letters.includes('a')
      ? '(servers and established)'
      : '(w/o servers)';
  return [
    `Active Internet connections ${which}`,
    'Proto Recv-Q Send-Q Local Address           Foreign Address         State       ',
    ...listeners.map(({ port, protocol, address }) => {
      const local = `${address}:${port}`.padEnd(23);
      const state = (protocol === 'TCP' ? 'LISTEN' : '').padEnd(12);
      return `${protocol.toLowerCase()}        0      0 ${local} ${'0.0.0.0:*'.padEnd(23)} ${state}`;
    }),
  ];
}

/** iproute2's ss: the columns are as wide as what is in them. */
function ss(listeners: readonly Listener[], letters: string): readonly string[] {
  // With one kind of socket alone there is no column of kinds.
  const hasKinds = letters.includes('t') === letters.includes('u');
  const rows = [
    ['Netid', 'State', 'Recv-Q', 'Send-Q', 'Local Address', 'Port', 'Peer Address', 'Port', 'Process'],
    ...listeners.map(({ port, protocol, address }) => [
      protocol.toLowerCase(),
      protocol === 'TCP' ? 'LISTEN' : 'UNCONN',
      '0',
      protocol === 'TCP' ? '4096' : '0',
      address,
      String(port),
      '0.0.0.0',
      '*',
      '',
    ]),
  ].map((row) => (hasKinds ? row : row.slice(1)));
  const widths = (rows[0] ?? []).map((_title, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const first = hasKinds ? 4 : 3;
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        // An address is to the right and its port to the left of a colon.
        if (column === first || column === first + 2) return `${cell.padStart(width)}:`;
        return column === first + 1 ? `${cell.padEnd(width)} ` : cell.padEnd(width) + (column < first ? ' ' : '');
      })
      .join(''),
  );
}
