import { reverseName, withoutDot } from '../../dns/domain-name.ts';
import { hostAddress, isAddress, queryExactly, resolverConfiguration } from '../networking.ts';
import { fail } from '../program.ts';
import type { ExecEnvironment, Program } from '../program.ts';
import { joinLines } from '../text.ts';

/**
 * nslookup of busybox up to 1.28 (networking/nslookup.c without FEATURE_NSLOOKUP_BIG), which the Kubernetes documentation uses: the
 * C library resolves, search list included, and each address is shown with the name that it has in the reverse zone.
 */
export const oldBusyboxNslookup: Program = {
  name: 'nslookup',
  run(argv, _stdin, environment) {
    const [host, named] = argv.slice(1);
    if (host === undefined || host.startsWith('-') || argv.length > 3)
      return fail(1, 'Usage: nslookup [HOST] [SERVER]\n');
    const server = named ?? resolverConfiguration(environment).nameservers[0] ?? '';
    const asking = named === undefined ? environment : withServer(named, environment);
    const heading = `${hostText('Server:', server, [server], asking)}\n`;
    const found = hostAddress(host, asking);
    if (found.kind === 'address')
      return {
        stdout: heading + hostText('Name:', host, found.all, asking),
        stderr: '',
        exitCode: 0,
        elapsed: found.elapsed,
      };
    return fail(1, `nslookup: can't resolve '${host}'\n`, found.elapsed, heading);
  },
};

/** All questions go to the server that was named. */
function withServer(server: string, environment: ExecEnvironment): ExecEnvironment {
  const { network } = environment;
  if (!network || !isAddress(server)) return environment;
  return { ...environment, network: { ...network, ask: (_address, question) => network.ask(server, question) } };
}

function hostText(title: string, host: string, addresses: readonly string[], environment: ExecEnvironment): string {
  return joinLines([
    `${title.padEnd(10)} ${host}`,
    ...addresses.map((address, index) => {
      const name = queryExactly(reverseName(address) ?? '', 'PTR', environment)?.answers[0]?.data;
      return `Address ${index + 1}: ${address}${name === undefined ? '' : ` ${withoutDot(name)}`}`;
    }),
  ]);
}
