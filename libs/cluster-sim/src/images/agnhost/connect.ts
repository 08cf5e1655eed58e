import { connect as connectTo, connectTimeout } from '../../exec/networking.ts';
import { fail, succeed } from '../../exec/program.ts';
import type { ExecEnvironment, ProgramResult } from '../../exec/program.ts';
import type { Outcome } from '../../network/flow.ts';
import { parseGoFlags } from '../go-flags.ts';
import { parseGoDuration } from '../go-text.ts';
import { unreachableText } from './dial.ts';
import { clientPort, goResolve } from './serving-environment.ts';

type Protocol = 'tcp' | 'udp' | 'sctp';

/** test/images/agnhost/connect/connect.go: one word that says how a connection failed, and exit code 1. */
export function connect(args: readonly string[], environment: ExecEnvironment): ProgramResult {
  // Flags may come before and after the destination.
  const at = args.findIndex((argument, index) => isDestination(argument, args[index - 1]));
  const destination = args[at];
  const flags = parseGoFlags(
    args.filter((_argument, index) => index !== at),
    [],
    ['timeout', 'protocol', 'udp-data', 'sctp-data'],
  );
  if (!flags.ok) return fail(1, `Error: ${flags.message}\n`);
  if (destination === undefined || flags.operands.length > 0)
    return fail(
      1,
      `Error: accepts 1 arg(s), received ${flags.operands.length + (destination === undefined ? 0 : 1)}\n`,
    );
  const timeoutText = flags.values.get('timeout') ?? '0';
  const timeout = parseGoDuration(timeoutText);
  if (timeout === undefined)
    return fail(
      1,
      `Error: invalid argument ${JSON.stringify(timeoutText)} for "--timeout" flag: time: invalid duration ${JSON.stringify(timeoutText)}\n`,
    );
  const protocol = flags.values.get('protocol') || 'tcp';
  if (protocol !== 'tcp' && protocol !== 'udp' && protocol !== 'sctp')
    return fail(1, `Unsupported protocol\n${protocol}`);
  const data = `${flags.values.get(`${protocol}-data`) ?? 'hostname'}\n`;
  return attempt(destination, protocol, data, timeout, environment);
}

function isDestination(argument: string, before: string | undefined): boolean {
  if (argument.startsWith('-')) return false;
  return before === undefined || !before.startsWith('-') || before.includes('=');
}

function attempt(
  destination: string,
  protocol: Protocol,
  data: string,
  timeout: number,
  environment: ExecEnvironment,
): ProgramResult {
  const match = /^([^:]*):(\d{1,5})$/.exec(destination);
  if (!match)
    return fail(1, `${protocol === 'tcp' ? 'UNKNOWN' : 'DNS'}: address ${destination}: missing port in address\n`);
  const [, host = '', port = ''] = match;
  const resolved = goResolve(host, environment);
  if (!resolved.ok) return fail(1, `DNS: ${resolved.error}\n`, resolved.elapsed);
  const transport = protocol === 'udp' ? 'UDP' : protocol === 'sctp' ? 'SCTP' : 'TCP';
  const outcome = connectTo(
    { host: resolved.address, port: Number(port), protocol: transport, ...(protocol !== 'tcp' && { data }) },
    environment,
  );
  const own = `${environment.pod?.status.podIP ?? '127.0.0.1'}:${clientPort}`;
  return verdict(outcome, `${resolved.address}:${port}`, own, protocol, timeout);
}

function verdict(
  outcome: Outcome,
  destination: string,
  own: string,
  protocol: Protocol,
  timeout: number,
): ProgramResult {
  switch (outcome.kind) {
    case 'delivered':
      // A datagram server that says nothing is waited for.
      if (protocol === 'udp' && !outcome.reply) return silence(destination, own, timeout);
      return succeed('', 1);
    case 'closed':
      return succeed('', 1);
    case 'refused':
      if (protocol === 'udp') return fail(1, `REFUSED: read udp ${own}->${destination}: read: connection refused\n`);
      return fail(1, protocol === 'sctp' ? 'OTHER: connection refused\n' : 'REFUSED\n');
    case 'unreachable': {
      const reason = unreachableText(outcome.errno);
      return fail(
        1,
        `OTHER: ${protocol === 'sctp' ? reason : `dial ${protocol} ${destination}: connect: ${reason}`}\n`,
      );
    }
    default:
      if (protocol === 'udp') return silence(destination, own, timeout);
      return fail(1, 'TIMEOUT\n', timeout > 0 || protocol === 'sctp' ? timeout : connectTimeout);
  }
}

function silence(destination: string, own: string, timeout: number): ProgramResult {
  // Without a deadline it reads for ever.
  if (timeout === 0) return { ...fail(130, ''), serves: [] };
  return fail(1, `TIMEOUT: read udp ${own}->${destination}: i/o timeout\n`, timeout);
}
