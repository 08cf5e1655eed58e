import type { BalancerMemory } from '../proxy-backend.ts';
import { compareAddresses, realServersOf, type RealServer } from './real-servers.ts';
import type { IpvsScheduler } from './schedulers.ts';
import type { VirtualServer } from './virtual-server.ts';

/** Rules as `ipvsadm -Ln` prints them, trailing blanks included. */
export function printTable(
  servers: readonly VirtualServer[],
  scheduler: IpvsScheduler,
  balancer: BalancerMemory,
): string {
  const sorted = [...servers].sort(
    (a, b) => protocolNumbers[a.protocol] - protocolNumbers[b.protocol] || compareAddresses(a, b),
  );
  const lines = [
    'IP Virtual Server version 1.2.1 (size=4096)',
    'Prot LocalAddress:Port Scheduler Flags',
    '  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn',
    ...sorted.flatMap((server) => [
      printVirtualServer(server, scheduler),
      ...[...realServersOf(server, balancer)].sort(compareAddresses).map(printRealServer),
    ]),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

const protocolNumbers = { tcp: 6, udp: 17, sctp: 132 } as const;

function printVirtualServer({ protocol, address, port, servicePort }: VirtualServer, scheduler: IpvsScheduler): string {
  const flags = scheduler === 'mh' ? ' (mh-port)' : '';
  const { affinitySeconds } = servicePort;
  const persistence = affinitySeconds === undefined ? '' : ` persistent ${affinitySeconds}`;
  return `${protocol.toUpperCase().padEnd(4)} ${address}:${port} ${scheduler}${flags}${persistence}`;
}

function printRealServer({ key, weight, active, inactive }: RealServer): string {
  const columns = [key.padEnd(28), 'Masq'.padEnd(7), `${weight}`.padEnd(6), `${active}`.padEnd(10)];
  return `  -> ${columns.join(' ')} ${`${inactive}`.padEnd(10)}`;
}

const protocolOptions = { tcp: '-t', udp: '-u', sctp: '--sctp-service' } as const;

/** A virtual server as `ipvsadm -Sn` saves it. */
export function saveVirtualServer(
  { protocol, address, port, servicePort }: VirtualServer,
  scheduler: IpvsScheduler,
): string {
  const { affinitySeconds } = servicePort;
  const persistence = affinitySeconds === undefined ? '' : ` -p ${affinitySeconds}`;
  const flags = scheduler === 'mh' ? ' -b mh-port' : '';
  return `-A ${protocolOptions[protocol]} ${address}:${port} -s ${scheduler}${persistence}${flags}`;
}

export function saveRealServer({ protocol, address, port }: VirtualServer, { key, weight }: RealServer): string {
  return `-a ${protocolOptions[protocol]} ${address}:${port} -r ${key} -m -w ${weight}`;
}
