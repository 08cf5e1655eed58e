import { connect, connectError, hostAddress } from '../networking.ts';
import { fail, succeed } from '../program.ts';
import type { Program } from '../program.ts';
import { wholeNumber } from '../text.ts';

const telnetPort = 23;

/** busybox networking/telnet.c: says that it is connected, sends its input, and ends with it. */
export const telnet: Program = {
  name: 'telnet',
  readsInput: true,
  run(argv, stdin, environment) {
    const [host, port = String(telnetPort)] = argv.slice(1).filter((argument) => !/^-[a8-9E]/.test(argument));
    if (host === undefined)
      return fail(1, 'BusyBox v1.36.1 multi-call binary.\n\nUsage: telnet [-a] [-l USER] HOST [PORT]\n');
    const found = hostAddress(host, environment);
    if (found.kind !== 'address') return fail(1, `telnet: bad address '${host}'\n`, found.elapsed);
    const number = wholeNumber(port);
    if (number === undefined || number < 1 || number > 65_535) return fail(1, `telnet: bad port '${port}'\n`);
    const probe = { host: found.address, port: number, protocol: 'TCP', ...(stdin !== '' && { data: stdin }) } as const;
    const outcome = connect(probe, environment);
    if (outcome.kind === 'delivered') return succeed(`Connected to ${host}\n${outcome.reply ?? ''}`);
    if (outcome.kind === 'closed') return fail(1, '', 0, `Connected to ${host}\nConnection closed by foreign host\n`);
    const { text, elapsed } = connectError(outcome);
    return fail(1, `telnet: can't connect to remote host (${found.address}): ${text}\n`, elapsed);
  },
};
