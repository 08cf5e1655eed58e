import type { ContainerPort } from '@kubedrill/kube-model';
import { goQuote } from '../../validation/go-quote.ts';
import type { Path } from '../../validation/path.ts';
import type { FullContainer } from './validation/pod-spec-shape.ts';

interface PlacedPort {
  readonly port: ContainerPort;
  readonly at: string;
}

/** Ports of all containers that are in each other's way. */
export function portWarnings(containers: readonly (readonly [FullContainer, Path])[]): readonly string[] {
  const placed = containers.flatMap(([{ ports = [] }, path]) =>
    ports.map((port, index): PlacedPort => ({ port, at: path.child('ports').index(index).toString() })),
  );
  return placed.length === 0 ? [] : [...definitionWarnings(placed), ...nameWarnings(placed)];
}

function definitionWarnings(placed: readonly PlacedPort[]): readonly string[] {
  const earlier = new Map<string, PlacedPort[]>();
  return placed.flatMap((current) => {
    const { port, at } = current;
    const key = `${port.containerPort}/${port.protocol}`;
    const others = earlier.get(key) ?? [];
    const warnings = others.flatMap((other) => {
      const relation = relationOf(port, other.port);
      return relation === undefined ? [] : [`${at}: ${relation} port definition with ${other.at}`];
    });
    earlier.set(key, [...others, current]);
    return port.hostIP && !port.hostPort
      ? [`${at}: hostIP set without hostPort: ${structText(port)}`, ...warnings]
      : warnings;
  });
}

function relationOf(port: ContainerPort, other: ContainerPort): string | undefined {
  const [ip = '', otherIp = ''] = [port.hostIP, other.hostIP];
  const [hostPort = 0, otherHostPort = 0] = [port.hostPort, other.hostPort];
  if (ip === otherIp && hostPort === otherHostPort) return 'duplicate';
  if (hostPort === 0 || otherHostPort === 0) return 'overlapping';
  return hostPort === otherHostPort && (ip === '') !== (otherIp === '') ? 'dangerously ambiguous' : undefined;
}

/** Go's %+v of the struct. */
function structText({ name = '', hostPort = 0, containerPort, protocol, hostIP = '' }: ContainerPort): string {
  return `{Name:${name} HostPort:${hostPort} ContainerPort:${containerPort} Protocol:${protocol} HostIP:${hostIP}}`;
}

function nameWarnings(placed: readonly PlacedPort[]): readonly string[] {
  const first = new Map<string, string>();
  return placed.flatMap(({ port: { name }, at }) => {
    if (!name) return [];
    const other = first.get(name);
    if (other === undefined) first.set(name, at);
    return other === undefined
      ? []
      : [
          `${at}: duplicate port name ${goQuote(name)} with ${other}, services and probes that select ports by name will use ${other}`,
        ];
  });
}
