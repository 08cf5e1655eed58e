import { hostAddress, lookupError } from '../networking.ts';
import { fail, succeed } from '../program.ts';
import type { ExecEnvironment, Program } from '../program.ts';

/** hostname [-i|-s|-f|-d], and -I of Debian's; what is more than the bare name comes from /etc/hosts. */
export function hostname(flavour: 'busybox' | 'debian'): Program {
  return {
    name: 'hostname',
    run(argv, _stdin, environment) {
      const { hostname: name } = environment;
      switch (argv[1]) {
        case undefined:
          return succeed(`${name}\n`);
        case '-s':
        case '--short':
          return succeed(`${name.split('.', 1)[0] ?? ''}\n`);
        case '-f':
        case '--fqdn':
          return succeed(`${fullName(environment)}\n`);
        case '-d':
        case '--domain': {
          const full = fullName(environment);
          const dot = full.indexOf('.');
          // busybox prints nothing at all, Debian's an empty line.
          return succeed(dot >= 0 ? `${full.slice(dot + 1)}\n` : flavour === 'debian' ? '\n' : '');
        }
        case '-i':
        case '--ip-address': {
          const found = hostAddress(name, environment);
          if (found.kind === 'address') return succeed(`${found.all.join(' ')}\n`);
          return fail(1, `hostname: ${flavour === 'busybox' ? name : lookupError(found, environment)}: Unknown host\n`);
        }
        case '-I':
          if (flavour === 'debian') return succeed(`${environment.pod?.status.podIP ?? '127.0.0.1'} \n`);
          return fail(1, 'hostname: unrecognized option: I\n');
        default:
          return fail(1, 'hostname: sethostname: Operation not permitted\n');
      }
    },
  };
}

/** The first name of the line of /etc/hosts that has the host's name. */
function fullName({ hostname: name, files }: ExecEnvironment): string {
  for (const line of files.read('/etc/hosts').split('\n')) {
    const [, first, ...others] = line.replace(/#.*/, '').trim().split(/\s+/);
    if (first !== undefined && (first === name || others.includes(name))) return first;
  }
  return name;
}
