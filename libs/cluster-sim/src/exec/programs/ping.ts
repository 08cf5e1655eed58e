import { connect, hostAddress } from '../networking.ts';
import { optionError, parseOptions } from '../options.ts';
import { fail } from '../program.ts';
import type { Program } from '../program.ts';
import { joinLines, wholeNumber } from '../text.ts';

const maxCount = 100;
/** Without -c it goes on until it is interrupted; so many are shown. */
const endlessCount = 4;

/** ping of busybox (networking/ping.c): 56 bytes, a second apart. */
export const ping: Program = {
  name: 'ping',
  run(argv, _stdin, environment) {
    const parsed = parseOptions(argv.slice(1), { short: 'c:w:W:i:s:t:I:qn4A' });
    if (!parsed.ok) return fail(1, optionError('ping', parsed));
    const [host] = parsed.operands;
    if (host === undefined) return fail(1, 'Usage: ping [OPTIONS] HOST\n');
    const found = hostAddress(host, environment);
    if (found.kind !== 'address') return fail(1, `ping: bad address '${host}'\n`, found.elapsed);
    const asked = wholeNumber(parsed.options.last('c'));
    const deadline = wholeNumber(parsed.options.last('w'));
    const count = Math.min(asked ?? deadline ?? endlessCount, maxCount);
    const size = wholeNumber(parsed.options.last('s')) ?? 56;
    const heading = `PING ${host} (${found.address}): ${size} data bytes`;
    const lines: string[] = [];
    for (let sequence = 0; sequence < count; sequence += 1) {
      const outcome = connect({ host: found.address, port: 1, protocol: 'ICMP' }, environment);
      if (outcome.kind === 'unreachable' && outcome.errno === 'ENETUNREACH')
        return fail(1, 'ping: sendto: Network is unreachable\n', 0, `${heading}\n`);
      if (outcome.kind === 'delivered')
        lines.push(`${size + 8} bytes from ${found.address}: seq=${sequence} ttl=62 time=0.100 ms`);
    }
    const lost = Math.floor(((count - lines.length) * 100) / count);
    const rounds = lines.length > 0 ? ['round-trip min/avg/max = 0.100/0.100/0.100 ms'] : [];
    const statistics = [
      '',
      `--- ${host} ping statistics ---`,
      `${count} packets transmitted, ${lines.length} packets received, ${lost}% packet loss`,
      ...rounds,
    ];
    const wait = (wholeNumber(parsed.options.last('W')) ?? 10) * 1_000;
    const elapsed = (count - 1) * 1_000 + (lines.length > 0 ? 1 : Math.min(wait, (deadline ?? Infinity) * 1_000));
    const stdout = joinLines([heading, ...(parsed.options.has('q') ? [] : lines), ...statistics]);
    const endless = asked === undefined && deadline === undefined;
    return { stdout, stderr: '', exitCode: lines.length > 0 ? 0 : 1, elapsed, ...(endless && { serves: [] }) };
  },
};
