import type { Pod } from '@kubedrill/kube-model';
import { formatHostsFile } from '../dns/hosts-file.ts';
import { formatResolvConf, type ResolvConf } from '../dns/resolv-conf.ts';
import type { FileLayer } from './file-system.ts';

const paths = ['/etc/hostname', '/etc/hosts', '/etc/resolv.conf'] as const;

export interface PodFilesSource {
  readonly pod: Pod;
  /** Known before the Pod's status has it. */
  readonly address?: string;
  readonly hostname: string;
  readonly clusterDomain: string;
  resolvConf(pod: Pod): ResolvConf;
}

/** What the kubelet and the runtime mount into every container. Written only when it is read: most processes never look. */
export class PodFiles implements FileLayer {
  private readonly source: PodFilesSource;

  constructor(source: PodFilesSource) {
    this.source = source;
  }

  get(path: string): string | undefined {
    const { pod, hostname, clusterDomain, address } = this.source;
    switch (path) {
      case '/etc/hostname':
        return `${hostname}\n`;
      case '/etc/hosts':
        return formatHostsFile(
          address === undefined
            ? pod
            : { ...pod, status: { ...pod.status, podIP: address, podIPs: [{ ip: address }] } },
          clusterDomain,
        );
      case '/etc/resolv.conf':
        return formatResolvConf(this.source.resolvConf(pod));
      default:
        return undefined;
    }
  }

  keys(): MapIterator<string> {
    return paths.values();
  }
}
