import { connect, connectError, hostAddress } from '../networking.ts';
import { optionError, parseOptions } from '../options.ts';
import { fail, succeed } from '../program.ts';
import type { ExecEnvironment, Program } from '../program.ts';

function reach(host: string, port: number, environment: ExecEnvironment, data?: string) {
  const found = hostAddress(host, environment);
  if (found.kind !== 'address')
    return { ok: false, error: 'Name or service not known', elapsed: found.elapsed, reply: '' } as const;
  const outcome = connect(
    { host: found.address, port, protocol: 'TCP', ...(data !== undefined && { data }) },
    environment,
  );
  if (outcome.kind === 'delivered') return { ok: true, elapsed: 1, reply: outcome.reply ?? '' } as const;
  const { text, elapsed } = connectError(outcome);
  return { ok: false, error: text, elapsed, reply: '' } as const;
}

/** redis-cli [-h HOST] [-p PORT] COMMAND: the command goes out inline, the answer is printed without its type. */
export const redisCli: Program = {
  name: 'redis-cli',
  run(argv, _stdin, environment) {
    const parsed = parseOptions(argv.slice(1), {
      short: 'h:p:a:n:',
      stopAtOperand: true,
      long: { 'no-auth-warning': 'quiet' },
    });
    if (!parsed.ok) return fail(1, optionError('redis-cli', parsed));
    const host = parsed.options.last('h') ?? '127.0.0.1';
    const port = Number(parsed.options.last('p') ?? 6_379);
    const result = reach(host, port, environment, `${parsed.operands.join(' ')}\r\n`);
    if (!result.ok) return fail(1, `Could not connect to Redis at ${host}:${port}: ${result.error}\n`, result.elapsed);
    return succeed(
      `${result.reply
        .replace(/^[+:-]/, '')
        .replace(/^\$\d+\r\n/, '')
        .replaceAll('\r\n', '\n')
        .trimEnd()}\n`,
      result.elapsed,
    );
  },
};

/** pg_isready [-h HOST] [-p PORT] [-U USER]: 0 accepting, 2 no response. */
export const pgIsReady: Program = {
  name: 'pg_isready',
  run(argv, _stdin, environment) {
    const parsed = parseOptions(argv.slice(1), {
      short: 'h:p:U:d:t:q',
      long: { 'host:': 'h', 'port:': 'p', 'username:': 'U', 'dbname:': 'd', 'timeout:': 't', quiet: 'q' },
    });
    if (!parsed.ok) return fail(3, optionError('pg_isready', parsed));
    const host = parsed.options.last('h');
    const port = Number(parsed.options.last('p') ?? 5_432);
    const result = reach(host ?? '127.0.0.1', port, environment);
    const place = `${host ?? '/var/run/postgresql'}:${port}`;
    return {
      ...succeed(
        `${place} - ${result.ok ? 'accepting connections' : 'no response'}\n`,
        Math.min(result.elapsed, 3_000),
      ),
      exitCode: result.ok ? 0 : 2,
    };
  },
};
