import type { Pod } from '@kubedrill/kube-model';
import type { FileSystem } from '../exec/file-system.ts';
import type { Listener } from '../images/image-model.ts';

/** An open socket of a running container. */
export interface ContainerListener {
  readonly container: string;
  readonly listener: Listener;
}

/** What the network asks the kubelets: which sockets are open now, all containers of the pod together. */
export interface ProcessTable {
  listeners(pod: Pod): readonly ContainerListener[];
  /** What a container's processes find in its files now. */
  files(pod: Pod, container: string): FileSystem | undefined;
}
