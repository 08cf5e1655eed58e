import type { Probe } from '@kubedrill/kube-model';
import { goList } from './sheet.ts';

/** DescribeProbe. */
export function probeText(probe: Probe): string {
  const { initialDelaySeconds = 0, timeoutSeconds = 0, periodSeconds = 0 } = probe;
  const { successThreshold = 0, failureThreshold = 0 } = probe;
  const attributes = `delay=${initialDelaySeconds}s timeout=${timeoutSeconds}s period=${periodSeconds}s #success=${successThreshold} #failure=${failureThreshold}`;
  return `${actionText(probe)} ${attributes}`;
}

function actionText({ exec, httpGet, tcpSocket, grpc }: Probe): string {
  if (exec) return `exec ${goList(exec.command)}`;
  if (httpGet) {
    const { scheme = '', host = '', port, path = '' } = httpGet;
    const place = `${host.includes(':') ? `[${host}]` : host}:${port}`;
    return `http-get ${scheme.toLowerCase()}://${place}${urlPath(path)}`;
  }
  if (tcpSocket) return `tcp-socket ${tcpSocket.host ?? ''}:${tcpSocket.port}`;
  return grpc ? `grpc <pod>:${grpc.port} ${grpc.service ?? ''}` : 'unknown';
}

/** net/url escapes more than encodeURI: what could end the path, and marks. */
function urlPath(path: string): string {
  const escaped = encodeURI(path).replace(/[?#!*'()]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
  return path === '' || path.startsWith('/') ? escaped : `/${escaped}`;
}
