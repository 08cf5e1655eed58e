import { fail, succeed } from '../program.ts';
import type { Program } from '../program.ts';

/** hostname [-i|-I|-s|-f|-d] */
export const hostname: Program = {
  name: 'hostname',
  run(argv, _stdin, { hostname: name, pod }) {
    const address = pod?.status.podIP ?? '127.0.0.1';
    const subdomain = pod?.spec.subdomain;
    const domain =
      subdomain === undefined ? '' : `${subdomain}.${pod?.metadata.namespace ?? 'default'}.svc.cluster.local`;
    switch (argv[1]) {
      case undefined:
        return succeed(`${name}\n`);
      case '-i':
        return succeed(`${address}\n`);
      case '-I':
        return succeed(`${address} \n`);
      case '-s':
        return succeed(`${name.split('.', 1)[0] ?? ''}\n`);
      case '-f':
        return succeed(`${domain === '' ? name : `${name}.${domain}`}\n`);
      case '-d':
        return succeed(`${domain}\n`);
      default:
        return fail(1, 'hostname: sethostname: Operation not permitted\n');
    }
  },
};
