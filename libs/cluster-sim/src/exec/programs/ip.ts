import { fail, succeed } from '../program.ts';
import type { Program } from '../program.ts';
import { joinLines } from '../text.ts';

/** ip addr, ip route, ip link: what a pod sees of its own network. */
export const ip: Program = {
  name: 'ip',
  run(argv, _stdin, environment) {
    const [object = ''] = argv.slice(1).filter((argument) => !argument.startsWith('-'));
    const address = environment.pod?.status.podIP ?? '127.0.0.1';
    if (object !== '' && 'address'.startsWith(object)) return succeed(addresses(address));
    if (object !== '' && 'route'.startsWith(object)) return succeed(routes(address));
    if (object !== '' && 'link'.startsWith(object))
      return succeed(
        joinLines(
          addresses(address)
            .split('\n')
            .filter((line) => line !== '' && !/^ {4}(inet|valid)/.test(line)),
        ),
      );
    return fail(
      object === '' ? 255 : 1,
      object === ''
        ? 'Usage: ip [ OPTIONS ] OBJECT { COMMAND | help }\n'
        : `Object "${object}" is unknown, try "ip help".\n`,
    );
  },
};

function addresses(address: string): string {
  return joinLines([
    '1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN qlen 1000',
    '    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00',
    '    inet 127.0.0.1/8 scope host lo',
    '       valid_lft forever preferred_lft forever',
    '2: eth0@if3: <BROADCAST,MULTICAST,UP,LOWER_UP,M-DOWN> mtu 1500 qdisc noqueue state UP qlen 1000',
    `    link/ether ${hardwareAddress(address)} brd ff:ff:ff:ff:ff:ff`,
    `    inet ${address}/32 scope global eth0`,
    '       valid_lft forever preferred_lft forever',
  ]);
}

/** Locally administered, with the address in its last four bytes, as Docker's driver forms it. */
function hardwareAddress(address: string): string {
  return ['02', '42', ...address.split('.').map((part) => Number(part).toString(16).padStart(2, '0'))].join(':');
}

function routes(address: string): string {
  const gateway = `${address.split('.').slice(0, 3).join('.')}.1`;
  return joinLines([`default via ${gateway} dev eth0 `, `${gateway} dev eth0 scope link  src ${address} `]);
}
