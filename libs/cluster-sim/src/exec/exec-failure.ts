import { utf8 } from '../controllers/template-hash/fnv-hash.ts';

/** containerd's internal/cri/server/container_exec.go, and the kubelet where there is no container to ask it about. */
export function execFailureText(message: string, command: readonly string[]): string {
  if (message.startsWith('container ')) return `unable to upgrade connection: ${message}`;
  const prefix = 'error executing command in container: failed to exec in container: failed to start exec';
  const words = 'OCI runtime exec failed: exec failed: unable to start container process';
  return `${prefix} "${execId(command)}": ${words}: ${message}`;
}

/** containerd draws 64 hexadecimal digits. */
function execId(command: readonly string[]): string {
  const hexadecimal = Array.from(utf8(command.join('\0')))
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
  return hexadecimal.padEnd(64, '0').slice(0, 64);
}
