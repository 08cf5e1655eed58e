import { connect as connectTo, connectTimeout, hostAddress } from '../../exec/networking.ts';
import { fail, succeed } from '../../exec/program.ts';
import type { ExecEnvironment, ProgramResult } from '../../exec/program.ts';
import type { Outcome } from '../../network/flow.ts';
import { parseGoFlags } from '../go-flags.ts';

const unitMilliseconds: ReadonlyMap<string, number> = new Map([
  ['ms', 1],
  ['s', 1_000],
  ['m', 60_000],
]);

/** test/images/agnhost/connect/connect.go: one word that says how a connection failed. */
export function connect(args: readonly string[], environment: ExecEnvironment): ProgramResult {
  const flags = parseGoFlags(
    args.filter((argument) => argument.startsWith('-') || !/:/.test(argument)),
    [],
    ['timeout', 'protocol', 'udp-data', 'sctp-data'],
  );
  const destination = args.find((argument) => !argument.startsWith('-') && argument.includes(':'));
  if (!flags.ok || destination === undefined) return fail(1, 'Error: accepts 1 arg(s), received 0\n');
  const [host = '', port = ''] = destination.split(':');
  const protocol = flags.values.get('protocol') ?? 'tcp';
  if (!/^\d{1,5}$/.test(port)) return fail(1, `UNKNOWN: address ${destination}: missing port in address\n`);
  const found = hostAddress(host, environment);
  if (found.kind !== 'address') return fail(1, `DNS: lookup ${host}: no such host\n`, found.elapsed);
  const data = protocol === 'tcp' ? undefined : `${flags.values.get(`${protocol}-data`) ?? 'hostname'}\n`;
  const transport = protocol === 'udp' ? 'UDP' : protocol === 'sctp' ? 'SCTP' : 'TCP';
  const outcome = connectTo(
    { host: found.address, port: Number(port), protocol: transport, ...(data !== undefined && { data }) },
    environment,
  );
  return verdict(outcome, `${found.address}:${port}`, protocol, milliseconds(flags.values.get('timeout')));
}

function verdict(outcome: Outcome, destination: string, protocol: string, timeout: number): ProgramResult {
  switch (outcome.kind) {
    case 'delivered':
    case 'closed':
      return succeed('', 1);
    case 'refused':
      return fail(1, protocol === 'udp' ? `REFUSED: read udp ${destination}: read: connection refused\n` : 'REFUSED\n');
    case 'unreachable':
      return fail(
        1,
        `OTHER: dial ${protocol} ${destination}: connect: ${outcome.errno === 'EHOSTUNREACH' ? 'no route to host' : 'network is unreachable'}\n`,
      );
    default:
      return fail(1, protocol === 'udp' ? `TIMEOUT: read udp ${destination}: i/o timeout\n` : 'TIMEOUT\n', timeout);
  }
}

function milliseconds(duration: string | undefined): number {
  const match = /^(\d{1,9})(ms|s|m)$/.exec(duration ?? '');
  return match ? Number(match[1]) * (unitMilliseconds.get(match[2] ?? '') ?? 1) : connectTimeout;
}
